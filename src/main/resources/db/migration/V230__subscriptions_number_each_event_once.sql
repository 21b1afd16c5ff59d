-- A notification whose answer is not known keeps its numbers: its receiver may have it (docs/decisions/0101).
ALTER TABLE subscription
    ADD COLUMN unanswered_position text,     -- changes up to here were in it; null: every answer is known
    ADD COLUMN unanswered_events   bigint;   -- number of its last event
