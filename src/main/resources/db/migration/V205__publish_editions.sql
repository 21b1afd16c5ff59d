-- What the platform reads as files (docs/decisions/0077). A part is the lines of one subject in one file, true from one
-- edition until another: what does not change costs nothing in the next edition, and an older one can still be read.
CREATE TABLE publish_part (
    departement text        NOT NULL,      -- empty where the place has no postal code
    type        text        NOT NULL,      -- of the resources
    subject     text        NOT NULL,      -- or the id of a resource that several subjects refer to, after a '+'
    since       bigint      NOT NULL,      -- the edition from which on it is true
    gone        bigint,                    -- the first one in which it is not
    lines       integer     NOT NULL,
    plain       integer     NOT NULL,      -- bytes before compression, and their CRC-32
    crc         integer     NOT NULL,
    deflated    bytea       NOT NULL,      -- RFC 1951, to a byte boundary and without an end: can be joined to others
    PRIMARY KEY (departement, type, subject, since)
);
ALTER TABLE publish_part ALTER COLUMN deflated SET STORAGE EXTERNAL;
CREATE INDEX publish_part_of ON publish_part (subject) WHERE gone IS NULL;
CREATE INDEX publish_part_since ON publish_part (since);
CREATE INDEX publish_part_gone ON publish_part (gone) WHERE gone IS NOT NULL;

-- What a subject's parts were made of: nothing is written again while that is the same.
CREATE TABLE publish_subject (
    subject     text        PRIMARY KEY,
    digest      bytea       NOT NULL,
    until       timestamptz                -- when its first slot ends
) WITH (fillfactor = 70);

-- The sums of the parts that are true now, by file.
CREATE TABLE publish_total (
    departement text        NOT NULL,
    type        text        NOT NULL,
    changed_at  bigint      NOT NULL,      -- the last edition that changed it
    lines       bigint      NOT NULL,
    plain       bigint      NOT NULL,
    deflated    bigint      NOT NULL,
    PRIMARY KEY (departement, type)
) WITH (fillfactor = 50);

CREATE TABLE publish_edition (
    edition          bigint      PRIMARY KEY,    -- its transactionTime, in milliseconds since the epoch
    made_at          timestamptz NOT NULL,
    checked_at       timestamptz NOT NULL,       -- when it was last seen to be up to date
    changes_position text                        -- where $changes continues from it
);

-- The files of an edition. One that did not change is the same file as before.
CREATE TABLE publish_file (
    edition     bigint      NOT NULL REFERENCES publish_edition ON DELETE CASCADE,
    departement text        NOT NULL,
    type        text        NOT NULL,
    changed_at  bigint      NOT NULL,
    lines       bigint      NOT NULL,
    plain       bigint      NOT NULL,
    deflated    bigint      NOT NULL,
    PRIMARY KEY (edition, departement, type)
);
CREATE INDEX publish_file_changed ON publish_file (changed_at, departement, type);

-- Whose turn it is to make one: every write looks whether it still is.
CREATE TABLE publish_turn (
    edition       bigint      NOT NULL,          -- the last one begun
    claimed_until timestamptz
) WITH (fillfactor = 50);
INSERT INTO publish_turn VALUES (0, NULL);
