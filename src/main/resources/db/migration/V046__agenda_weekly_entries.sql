-- Entries that come every week, and the days on which they do not come as they usually do.
ALTER TABLE agenda_entry
    ADD COLUMN weekdays         text[],    -- null: dated, once
    ADD COLUMN last_date        date,      -- of a weekly entry that another one follows; null: without end
    ADD COLUMN made_until       date,      -- occurrences of a weekly entry are made up to this day
    ADD COLUMN stands_for       uuid REFERENCES agenda_entry ON DELETE CASCADE, -- the weekly entry of which this is
    ADD COLUMN stands_for_date  date,      -- one occurrence as somebody changed it
    ADD CHECK ((weekdays IS NULL) = (made_until IS NULL)),
    ADD CHECK (weekdays IS NOT NULL OR last_date IS NULL),
    ADD CHECK ((stands_for IS NULL) = (stands_for_date IS NULL)),
    ADD CHECK (stands_for IS NULL OR weekdays IS NULL);
CREATE UNIQUE INDEX agenda_entry_standing_for ON agenda_entry (stands_for, stands_for_date) WHERE stands_for IS NOT NULL;

-- Local dates on which a weekly entry does not take place as such: deleted, or another entry stands for it.
CREATE TABLE agenda_exception (
    entry       uuid    NOT NULL REFERENCES agenda_entry ON DELETE CASCADE,
    local_date  date    NOT NULL,
    PRIMARY KEY (entry, local_date)
);
