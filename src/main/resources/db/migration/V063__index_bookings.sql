-- What bookings keep out of the index although sources may still bring it (docs/decisions/0018).
CREATE TABLE index_booking (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment uuid        NOT NULL,
    subject     text        NOT NULL,
    source      text        NOT NULL,      -- who declared the booking
    reference   text,                      -- that source's own name for the slot; null: found by its times only
    place       text,                      -- null: at any place
    start_at    timestamptz NOT NULL,
    end_at      timestamptz NOT NULL,
    word_from   timestamptz NOT NULL,      -- the same source's answers fetched from then on are believed again
    others      boolean     NOT NULL       -- whether equal slots of every other source stay out
);
CREATE INDEX index_booking_by_subject ON index_booking (subject);
CREATE INDEX index_booking_by_appointment ON index_booking (appointment);
CREATE INDEX index_booking_by_end ON index_booking (end_at);
