-- Places of occurrences that are taken. An occurrence is named by its entry and its local date, also when it was changed
-- apart from the others; what is booked stays booked when the entry is changed or deleted.
CREATE TABLE agenda_booking (
    booking     uuid        NOT NULL,
    entry       uuid        NOT NULL,
    local_date  date        NOT NULL,
    subject     text        NOT NULL,
    end_at      timestamptz NOT NULL,      -- of the occurrence when it was booked: afterwards nobody counts it
    PRIMARY KEY (booking, entry, local_date)
);
CREATE INDEX agenda_booking_by_subject ON agenda_booking (subject, end_at);
CREATE INDEX agenda_booking_by_entry ON agenda_booking (entry, local_date);
CREATE INDEX agenda_booking_by_end ON agenda_booking (end_at);
