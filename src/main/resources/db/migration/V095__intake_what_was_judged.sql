-- Per day (Europe/Paris) and vendor: what was read and judged, so that a scorecard can say "12 of 40,000". One partition per day.
CREATE TABLE intake_read_count (
    day         date        NOT NULL,
    source      text        NOT NULL,
    deliveries  bigint      NOT NULL,      -- read, failed ones not among them
    judged      bigint      NOT NULL,      -- of them, held against every rule of the guide
    accepted    bigint      NOT NULL,      -- slots
    withheld    bigint      NOT NULL,
    rejected    bigint      NOT NULL,
    PRIMARY KEY (day, source)
) PARTITION BY RANGE (day);
