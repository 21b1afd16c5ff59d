-- Who writes changes at present, and how far they are written. Times are the database's own.
CREATE TABLE changes_head (
    one           boolean     PRIMARY KEY DEFAULT true CHECK (one),
    position      bigint      NOT NULL,  -- of the last change; begins with the time of day, so that it never begins twice
    complete_from bigint      NOT NULL,  -- removals after this position are all known
    wanted_at     timestamptz,           -- when somebody last asked; null: never, and nothing is written
    writer        text,                  -- the node that writes
    term          bigint      NOT NULL DEFAULT 0,  -- counted up when another node takes over
    lease_until   timestamptz,
    written_at    timestamptz            -- what happened before is written
);
INSERT INTO changes_head (position, complete_from)
SELECT begun, begun FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS begun) AS now;

-- What searches show of a subject, as of its last change.
CREATE TABLE changes_subject (
    subject     text        PRIMARY KEY,
    position    bigint      NOT NULL,
    at          timestamptz NOT NULL,
    contents    bytea                    -- compressed: every resource, and the position of its last change; null: nothing
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX changes_subject_in_order ON changes_subject (position);
ALTER TABLE changes_subject ALTER COLUMN contents SET STORAGE EXTERNAL;

-- The state of the index from which that was last found to be so. A table of its own: it changes more often, and is small.
CREATE TABLE changes_basis (
    subject     text        PRIMARY KEY,
    format      integer     NOT NULL,    -- of another release, which may write resources differently
    epoch       bigint      NOT NULL,
    version     bigint      NOT NULL,
    standings   text        NOT NULL,    -- how far its sources were trusted
    turns_at    timestamptz,             -- when time alone changes it
    look_at     timestamptz              -- when to look whether time has changed it; null: never
) WITH (fillfactor = 70);
CREATE INDEX changes_basis_due ON changes_basis (look_at);

-- Resources that are gone; dropped by the day (hub.changes.kept).
CREATE TABLE changes_gone (
    position    bigint      NOT NULL,
    at          timestamptz NOT NULL,
    subject     text        NOT NULL,
    type        text        NOT NULL,
    id          text        NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE changes_gone_rest PARTITION OF changes_gone DEFAULT;
CREATE INDEX changes_gone_of_subject ON changes_gone (subject, position);
