-- What answers were made of, kept after it is gone, so that an answer of the past can be told again. Every table is
-- partitioned by the day its rows went, and dropped with the change log (hub.index.changes-kept).

-- When a row was written, by the hub's clock; changed_at is when its delivery was asked for.
ALTER TABLE index_slot ADD COLUMN came_at timestamptz;
UPDATE index_slot SET came_at = changed_at;
ALTER TABLE index_slot ALTER COLUMN came_at SET NOT NULL;

-- Since when the offer (who and where) of a word is as it is.
ALTER TABLE index_word ADD COLUMN offer_since timestamptz;
UPDATE index_word SET offer_since = heard_at WHERE offer IS NOT NULL;

-- Since when the word can be confirmed without being said again.
ALTER TABLE index_word ADD COLUMN first_confirmed_at timestamptz;
UPDATE index_word SET first_confirmed_at = confirmed_at;

CREATE TABLE index_slot_gone (
    gone_at     timestamptz NOT NULL,
    came_at     timestamptz NOT NULL,
    subject     text        NOT NULL,
    source      text        NOT NULL,
    place       text        NOT NULL,
    start_at    timestamptz NOT NULL,
    end_at      timestamptz NOT NULL,
    reference   text        NOT NULL,
    content     text        NOT NULL,
    changed_at  timestamptz NOT NULL,
    cause       text        NOT NULL       -- as in index_change
) PARTITION BY RANGE (gone_at);
CREATE TABLE index_slot_gone_rest PARTITION OF index_slot_gone DEFAULT;
CREATE INDEX index_slot_gone_by_subject ON index_slot_gone (subject, start_at);

CREATE TABLE index_offer_gone (
    gone_at     timestamptz NOT NULL,
    since       timestamptz NOT NULL,
    subject     text        NOT NULL,
    source      text        NOT NULL,
    offer       jsonb       NOT NULL,
    first_confirmed_at timestamptz
) PARTITION BY RANGE (gone_at);
CREATE TABLE index_offer_gone_rest PARTITION OF index_offer_gone DEFAULT;
CREATE INDEX index_offer_gone_by_subject ON index_offer_gone (subject);

-- What was heard of sources: one row per delivery, not per subject, so that an unchanged delivery stays cheap.
CREATE TABLE index_heard (
    at          timestamptz NOT NULL,      -- when it was written
    position    bigint GENERATED ALWAYS AS IDENTITY,
    source      text        NOT NULL,      -- empty: of every vendor
    fetched_at  timestamptz NOT NULL,
    kind        text        NOT NULL,      -- COMPLETE, PARTIAL, FAILED; CONFIRMED: as said before;
                                           -- ERASED: words before count no more
    trouble     text,
    trouble_detail text,
    subjects    text[]      NOT NULL,      -- of whom it was taken; empty for the last two: of everybody
    delivery    uuid,
    unchanged   integer     NOT NULL DEFAULT 0, -- subjects about whom nothing was new
    overtaken   text[]      NOT NULL DEFAULT '{}', -- subjects about whom something newer was known
    added       integer     NOT NULL DEFAULT 0, -- slots
    removed     integer     NOT NULL DEFAULT 0
) PARTITION BY RANGE (at);
CREATE TABLE index_heard_rest PARTITION OF index_heard DEFAULT;
CREATE INDEX index_heard_by_time ON index_heard (at);
CREATE INDEX index_heard_by_delivery ON index_heard (delivery);

-- What else decides what is shown: how vendors stood, what was said of places, how long words were trusted.
CREATE TABLE index_circumstance (
    what        text        NOT NULL,      -- vendor, notices, settings, centre, freshness
    who         text        NOT NULL,
    since       timestamptz NOT NULL,
    until       timestamptz NOT NULL DEFAULT 'infinity',
    said        jsonb       NOT NULL
) PARTITION BY RANGE (until);
CREATE TABLE index_circumstance_rest PARTITION OF index_circumstance DEFAULT;
CREATE INDEX index_circumstance_of ON index_circumstance (what, who);
