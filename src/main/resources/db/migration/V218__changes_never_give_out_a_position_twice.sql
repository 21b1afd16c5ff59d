-- A database that lost what it had committed does not give out the same positions again (docs/decisions/0085).
ALTER TABLE changes_head ADD COLUMN server_run text;   -- in which the last position was given out; null: not recorded
-- Positions between the two were given out by a history that is lost, if at all.
CREATE TABLE changes_gap (
    last_before bigint      NOT NULL,
    first_after bigint      PRIMARY KEY
);
ALTER TABLE changes_topic
    ADD COLUMN server_run text,                        -- in which something was published last; null: not recorded
    ADD COLUMN oversized text[] NOT NULL DEFAULT '{}'; -- subjects whose last record was too large, and was replaced
