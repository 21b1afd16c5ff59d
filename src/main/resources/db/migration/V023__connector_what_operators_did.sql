-- What operators changed of a vendor, beside what its descriptor declares (docs/decisions/0025).
CREATE TABLE connector_override (
    source              text        PRIMARY KEY,
    paused              boolean     NOT NULL DEFAULT false,
    status              text,                   -- TRIAL or LIVE instead of the declared one; null: as declared
    declared            text,                   -- what the descriptor said then; when it says something else, this ends
    since               timestamptz,
    by_whom             text,
    reason              text,
    breaker_forgotten_at timestamptz            -- every node forgets its own once for each value
);

-- Who did what to a vendor, when and why. Kept.
CREATE TABLE connector_action (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    source      text        NOT NULL,
    action      text        NOT NULL,
    by_whom     text        NOT NULL,
    reason      text        NOT NULL
);
CREATE INDEX connector_action_by_source ON connector_action (source, id);
