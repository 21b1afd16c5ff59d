-- When a partial answer last told of the slot: what came counts, also of a source that never answered completely.
ALTER TABLE index_slot ADD COLUMN heard_in_part_at timestamptz;
