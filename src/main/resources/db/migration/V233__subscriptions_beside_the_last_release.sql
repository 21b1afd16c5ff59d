-- What the last release, which reads three numbers of a position, and this one keep apart (docs/upgrade.md).
ALTER TABLE subscription
    ADD COLUMN set_out        bigint,        -- the fourth number of its position; null: the third one
    ADD COLUMN not_allowed_at timestamptz;   -- when a node last said that nothing may be sent to its address; null: none does
