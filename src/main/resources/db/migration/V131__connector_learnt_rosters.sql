-- Whom a vendor knows is found out: sought are those it is asked for once, to see whether it does.
ALTER TABLE connector_target ADD COLUMN sought boolean NOT NULL DEFAULT false;
CREATE INDEX connector_target_sought ON connector_target (source) WHERE sought;

-- How far the directory has been gone through at a vendor.
CREATE TABLE connector_seeking (
    source       text        PRIMARY KEY,
    last         text        NOT NULL DEFAULT '',    -- whom the last step ended with; empty: a round begins
    began_at     timestamptz NOT NULL,
    next_at      timestamptz NOT NULL,
    pause_millis bigint      NOT NULL DEFAULT 1000,  -- between two steps
    first        boolean     NOT NULL DEFAULT true   -- no round was gone through yet with anybody in the directory
);
