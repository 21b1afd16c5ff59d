-- Whom to ask of which vendor, and when. Claimed with SKIP LOCKED: any number of nodes share the work.
CREATE TABLE connector_target (
    source           text        NOT NULL,
    subject          text        NOT NULL,
    due_at           timestamptz NOT NULL,
    in_demand_until  timestamptz,
    asked_at         timestamptz,
    claimed_until    timestamptz,
    PRIMARY KEY (source, subject)
) WITH (fillfactor = 70);
CREATE INDEX connector_target_due ON connector_target (source, due_at);
CREATE INDEX connector_target_by_subject ON connector_target (subject);

-- What practitioners said of vendors; without a word they may be asked for and named nobody.
CREATE TABLE connector_practitioner_word (
    practitioner text    PRIMARY KEY,
    may_be_asked boolean NOT NULL,
    named        text[]  NOT NULL
);
CREATE INDEX connector_practitioner_word_named ON connector_practitioner_word USING gin (named);

-- The last good version of each descriptor: in force when its file is broken, also after a restart.
CREATE TABLE connector_descriptor (
    source     text        PRIMARY KEY,
    yaml       text        NOT NULL,
    since      timestamptz NOT NULL
);

-- Every delivery as it came, compressed; partitions of a day, dropped after hub.connector.keep-deliveries.
CREATE TABLE connector_delivery (
    id         uuid        NOT NULL,
    fetched_at timestamptz NOT NULL,
    source     text        NOT NULL,
    flow       text        NOT NULL,
    asked      text[]      NOT NULL,
    window_from timestamptz NOT NULL,
    window_to  timestamptz NOT NULL,
    took_ms    integer     NOT NULL,
    answer     text        NOT NULL,
    trouble    text,
    detail     text,
    bytes      bigint      NOT NULL,
    pages      bytea[]     NOT NULL,
    PRIMARY KEY (fetched_at, id)
) PARTITION BY RANGE (fetched_at);
CREATE TABLE connector_delivery_rest PARTITION OF connector_delivery DEFAULT;
CREATE INDEX connector_delivery_by_source ON connector_delivery (source, fetched_at);
