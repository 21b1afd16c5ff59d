-- When the newest answer was fetched whose slots were taken, complete or partial: older ones change nothing any more.
ALTER TABLE index_word ADD COLUMN heard_at timestamptz;
UPDATE index_word SET heard_at = confirmed_at;

-- The sweep of past slots finds them by their end.
CREATE INDEX index_slot_by_end ON index_slot (end_at);

-- Which slots came and went, by the source's own names for them; one that changed is in both.
ALTER TABLE index_change ADD COLUMN added_slots text[] NOT NULL DEFAULT '{}';
ALTER TABLE index_change ADD COLUMN removed_slots text[] NOT NULL DEFAULT '{}';
