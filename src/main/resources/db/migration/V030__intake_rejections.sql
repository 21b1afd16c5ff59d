-- What was found wrong with vendors' deliveries. One partition per day (Europe/Paris), made ahead and dropped by the hub.
CREATE TABLE intake_rejection (
    day         date        NOT NULL,
    at          timestamptz NOT NULL,
    source      text        NOT NULL,
    delivery    uuid        NOT NULL,
    code        text        NOT NULL,
    path        text        NOT NULL,      -- such as Bundle.entry[3].resource.start
    value       text,                      -- the value in question, never a name
    excerpt     text                       -- of the resource, without names, at most 1,000 characters
) PARTITION BY RANGE (day);
CREATE INDEX intake_rejection_by_source ON intake_rejection (source, at DESC);

CREATE TABLE intake_rejection_count (
    day         date        NOT NULL,
    source      text        NOT NULL,
    code        text        NOT NULL,
    count       bigint      NOT NULL,
    last_seen   timestamptz NOT NULL,
    path        text        NOT NULL,      -- of the latest example
    value       text,
    excerpt     text,
    PRIMARY KEY (day, source, code)
) PARTITION BY RANGE (day);
