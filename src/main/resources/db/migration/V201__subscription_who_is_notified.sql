-- Who wants to be notified of changes, and how far they are. What is sent is read from the changes when it is sent.
CREATE TABLE subscription (
    id          uuid        PRIMARY KEY,
    owner       text        NOT NULL,    -- the client that created it
    document    text        NOT NULL,    -- the resource as it was created, as JSON
    base        text        NOT NULL,    -- the hub's address as the client sees it
    subjects    text[],                  -- national ids; null: everybody
    heartbeat   integer,                 -- seconds; null: none
    ends_at     timestamptz,
    created_at  timestamptz NOT NULL,
    status      text        NOT NULL CHECK (status IN ('REQUESTED', 'ACTIVE', 'ERROR', 'OFF')),
    trouble     text,                    -- why the last notification failed
    failures    integer     NOT NULL DEFAULT 0,  -- in a row
    shaken      boolean     NOT NULL DEFAULT false,  -- whether the handshake succeeded
    position    text        NOT NULL,    -- changes up to here were accepted
    events      bigint      NOT NULL DEFAULT 0,  -- accepted since the beginning
    told_at     timestamptz,             -- of the last notification that was accepted
    nudged      boolean     NOT NULL DEFAULT false   -- whether a letter is in the outbox
);
CREATE INDEX subscription_of_owner ON subscription (owner);
