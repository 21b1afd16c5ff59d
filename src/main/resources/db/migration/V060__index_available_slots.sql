-- What every source last said of a subject (a practitioner, or a structure with slots of its own).
CREATE TABLE index_word (
    subject         text        NOT NULL,
    source          text        NOT NULL,
    confirmed_at    timestamptz,           -- when the question was sent whose complete answer this is
    failed_at       timestamptz,           -- of the last question that went wrong since
    trouble         text,                  -- what went wrong: a word for counters
    trouble_detail  text,                  -- and a sentence for people
    digest          bigint,                -- of everything said, so that "nothing changed" costs one comparison
    offer           jsonb,                 -- who and where: party and places
    PRIMARY KEY (subject, source)
) WITH (fillfactor = 70);
CREATE INDEX index_word_by_source ON index_word (source);

-- One row per slot and source; merged when read.
CREATE TABLE index_slot (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject     text        NOT NULL,
    source      text        NOT NULL,
    place       text        NOT NULL,
    start_at    timestamptz NOT NULL,
    end_at      timestamptz NOT NULL,
    reference   text        NOT NULL,      -- the source's own name for the slot
    digest      bigint      NOT NULL,      -- of every other column and the content
    content     text        NOT NULL,      -- the rest of the slot, as JSON
    changed_at  timestamptz NOT NULL
);
CREATE INDEX index_slot_by_subject ON index_slot (subject, source);
CREATE INDEX index_slot_by_source ON index_slot (source);

-- Practitioners who refuse vendors' slots, as the index must remember them: a delivery in flight brings nothing back.
CREATE TABLE index_refusal (
    subject     text        PRIMARY KEY,
    since       timestamptz NOT NULL
);

-- CPTS that slots belong to, for reads by id.
CREATE TABLE index_community (
    id          text        PRIMARY KEY,
    name        text,
    phone       text,
    changed_at  timestamptz NOT NULL
);

-- What changed, in order. Read it by (tx, position) up to the oldest transaction still running: never a gap.
CREATE TABLE index_change (
    position    bigint GENERATED ALWAYS AS IDENTITY,
    tx          xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at          timestamptz NOT NULL,
    source      text        NOT NULL,
    subject     text        NOT NULL,
    added       integer     NOT NULL,
    removed     integer     NOT NULL,
    cause       text        NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE index_change_rest PARTITION OF index_change DEFAULT;
