-- What waits to leave the hub. A letter goes when it is delivered, so the table is as long as the queue.
CREATE TABLE outbox_destination (
    name          text PRIMARY KEY,
    channel       text NOT NULL,
    stopped_at    timestamptz,
    stopped_by    text,
    stopped_why   text,
    failures      int NOT NULL DEFAULT 0,  -- in a row, one per rest
    rest_until    timestamptz,             -- nothing is tried before
    probing_until timestamptz,             -- after failures one letter at a time is tried: until then by somebody
    trouble       text,
    trouble_at    timestamptz,
    delivered_at  timestamptz              -- of the last delivery, to some seconds
);

CREATE TABLE outbox_letter (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    destination   text NOT NULL REFERENCES outbox_destination ON DELETE CASCADE,
    key           text NOT NULL,           -- whom or what it is about: letters of a key leave in order
    body          text NOT NULL,
    last_only     boolean NOT NULL,        -- a newer letter of the key takes its place
    state         text NOT NULL CHECK (state IN ('WAITING', 'DEAD')),
    attempts      int NOT NULL DEFAULT 0,
    put_at        timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    claim         uuid,
    claimed_until timestamptz,
    trouble       text,
    trouble_at    timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);

CREATE INDEX outbox_letter_due ON outbox_letter (destination, due_at, id) WHERE state = 'WAITING';
CREATE INDEX outbox_letter_key ON outbox_letter (destination, key, id);
