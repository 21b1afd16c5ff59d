-- So that it can be told of an answer of the past which bookings kept slots of it out.
ALTER TABLE index_booking ADD COLUMN since timestamptz NOT NULL DEFAULT now();
ALTER TABLE index_booking ADD COLUMN let_go_at timestamptz; -- from then on nobody else's slots are kept out
