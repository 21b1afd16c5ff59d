-- What is served of a subject, ready to write, so that a node that begins or forgets makes nothing anew (docs/decisions/0053).
-- It counts while it is of the subject's version and of the epoch; what is behind is never deleted, but written over.
CREATE TABLE index_ready (
    subject     text        NOT NULL,
    communities boolean     NOT NULL,      -- as answers to INT_R04 tell it
    format      integer     NOT NULL,      -- of the bytes: another release may write another
    epoch       bigint      NOT NULL,
    version     bigint      NOT NULL,
    sources     text[]      NOT NULL,      -- whose words are told with it, in order
    standings   text[]      NOT NULL,      -- and how these stood
    until       timestamptz,               -- when time alone changes it
    bytes       bytea       NOT NULL,
    PRIMARY KEY (subject, communities)
) WITH (fillfactor = 70);
-- They are packed already.
ALTER TABLE index_ready ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Counted up by every transaction that changes what is known of a subject; who has none was never changed.
CREATE TABLE index_version (
    subject     text        PRIMARY KEY,
    version     bigint      NOT NULL
) WITH (fillfactor = 70);

-- Counted up by what changes everybody.
CREATE TABLE index_epoch (epoch bigint NOT NULL);
INSERT INTO index_epoch VALUES (1);
