-- Shown slots about which vendors were asked again: was the slot still there?
CREATE TABLE ops_ghost_sample (
    at          timestamptz NOT NULL,
    source      text        NOT NULL,
    slot        text        NOT NULL,      -- as searches showed it
    gone        boolean     NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE ops_ghost_sample_rest PARTITION OF ops_ghost_sample DEFAULT;
CREATE INDEX ops_ghost_sample_by_source ON ops_ghost_sample (source, at);

-- Nodes take turns: who moves the instant on samples.
CREATE TABLE ops_ghost_turn (
    source      text        PRIMARY KEY,
    next_at     timestamptz NOT NULL
);
