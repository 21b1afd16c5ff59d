-- What reading made of each delivery: one row, also when nothing was wrong. Read again, it takes the place of the first.
CREATE TABLE intake_reading (
    fetched_at  timestamptz NOT NULL,      -- of the delivery
    delivery    uuid        NOT NULL,
    read_at     timestamptz NOT NULL,
    source      text        NOT NULL,
    accepted    integer     NOT NULL,      -- slots
    withheld    integer     NOT NULL,
    rejected    integer     NOT NULL,
    codes       text[]      NOT NULL,      -- everything found wrong, and how often
    counts      integer[]   NOT NULL,
    PRIMARY KEY (fetched_at, delivery)
) PARTITION BY RANGE (fetched_at);
CREATE TABLE intake_reading_rest PARTITION OF intake_reading DEFAULT;
CREATE INDEX intake_reading_by_delivery ON intake_reading (delivery);
