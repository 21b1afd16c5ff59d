CREATE TABLE participation_settings (
    practitioner text        PRIMARY KEY,
    version      bigint      NOT NULL,
    settings     jsonb       NOT NULL,
    changed_at   timestamptz NOT NULL,
    changed_by   text        NOT NULL
);

-- Every change with who, when, before and after; kept apart from the settings in force.
CREATE TABLE participation_change (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    at           timestamptz NOT NULL,
    practitioner text        NOT NULL,
    changed_by   text        NOT NULL,
    before       jsonb,
    after        jsonb       NOT NULL
) PARTITION BY RANGE (at);
-- A partition a year: the history is kept; an operator who must forget a year drops its table.
CREATE TABLE participation_change_y2026 PARTITION OF participation_change FOR VALUES FROM ('2026-01-01Z') TO ('2027-01-01Z');
CREATE TABLE participation_change_y2027 PARTITION OF participation_change FOR VALUES FROM ('2027-01-01Z') TO ('2028-01-01Z');
CREATE TABLE participation_change_y2028 PARTITION OF participation_change FOR VALUES FROM ('2028-01-01Z') TO ('2029-01-01Z');
CREATE TABLE participation_change_y2029 PARTITION OF participation_change FOR VALUES FROM ('2029-01-01Z') TO ('2030-01-01Z');
CREATE TABLE participation_change_y2030 PARTITION OF participation_change FOR VALUES FROM ('2030-01-01Z') TO ('2031-01-01Z');
CREATE TABLE participation_change_y2031 PARTITION OF participation_change FOR VALUES FROM ('2031-01-01Z') TO ('2032-01-01Z');
CREATE TABLE participation_change_y2032 PARTITION OF participation_change FOR VALUES FROM ('2032-01-01Z') TO ('2033-01-01Z');
CREATE TABLE participation_change_y2033 PARTITION OF participation_change FOR VALUES FROM ('2033-01-01Z') TO ('2034-01-01Z');
CREATE TABLE participation_change_y2034 PARTITION OF participation_change FOR VALUES FROM ('2034-01-01Z') TO ('2035-01-01Z');
CREATE TABLE participation_change_y2035 PARTITION OF participation_change FOR VALUES FROM ('2035-01-01Z') TO ('2036-01-01Z');
CREATE TABLE participation_change_rest PARTITION OF participation_change DEFAULT;
CREATE INDEX participation_change_by_practitioner ON participation_change (practitioner, at);
