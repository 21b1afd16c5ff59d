-- When nobody was at a place, as search obeyed it: what was in force stays known when something else is said of the place.
CREATE TABLE agenda_past_absence (
    subject     text        NOT NULL,
    place       text        NOT NULL,
    from_at     timestamptz NOT NULL,
    until_at    timestamptz NOT NULL,
    PRIMARY KEY (subject, place, from_at),
    FOREIGN KEY (subject, place) REFERENCES agenda_place,
    CHECK (from_at < until_at)
);
