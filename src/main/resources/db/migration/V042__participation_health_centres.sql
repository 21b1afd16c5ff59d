-- What a health centre's facility manager declared.
CREATE TABLE participation_centre (
    centre               text        PRIMARY KEY,   -- the id the directory keeps it under
    version              bigint      NOT NULL,
    settings             jsonb       NOT NULL,
    participates         boolean     NOT NULL,      -- follows from the settings; read with every doctor
    changed_at           timestamptz NOT NULL,
    changed_by           text        NOT NULL
);
