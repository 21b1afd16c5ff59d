-- What a health centre's facility manager declared. Changes stand in participation_change, under the centre's national id.
CREATE TABLE participation_centre (
    centre               text        PRIMARY KEY,   -- the id the directory keeps it under
    version              bigint      NOT NULL,
    settings             jsonb       NOT NULL,
    participates         boolean     NOT NULL,      -- follows from the settings; read with every doctor
    changed_at           timestamptz NOT NULL,
    changed_by           text        NOT NULL
);
COMMENT ON COLUMN participation_change.practitioner IS 'national id of a practitioner or of a health centre';
