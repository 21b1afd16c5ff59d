-- What all nodes share of the line to a vendor: its next free turn, and how it fails (docs/decisions/0079).
-- Unlogged: rewritten several times a second, and worth nothing after a crash of the database, which empties it.
CREATE UNLOGGED TABLE line_vendor (
    source       text        PRIMARY KEY,
    next_turn_at timestamptz NOT NULL DEFAULT '-infinity',  -- by the database's clock: nobody has leased a turn from then on
    answered_at  timestamptz,                               -- some node received an answer then, or later
    failures     integer     NOT NULL DEFAULT 0,            -- in a row, over all nodes; those under way together count once
    failed_at    timestamptz,
    quiet_until  timestamptz,
    broken       boolean     NOT NULL DEFAULT false,        -- the circuit is open; after quiet_until, one node at a time tries
    trial_until  timestamptz                                -- a node is trying; if it is killed, another may from then on
) WITH (fillfactor = 40);
