-- A publication of everything that begins again and again is told from one that takes its time.
ALTER TABLE changes_topic
    ADD COLUMN incomplete_since timestamptz,               -- when the first one began since the last that was complete; null: not recorded
    ADD COLUMN beginnings       int NOT NULL DEFAULT 0;    -- how many have begun since
