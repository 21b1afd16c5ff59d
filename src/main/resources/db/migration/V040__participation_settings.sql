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
CREATE TABLE participation_change_rest PARTITION OF participation_change DEFAULT;
CREATE INDEX participation_change_by_practitioner ON participation_change (practitioner, at);
