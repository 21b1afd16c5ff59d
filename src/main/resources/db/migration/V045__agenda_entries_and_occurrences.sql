-- Whose agendas there are. The row is the lock of everything below it: writers and renewals of one agenda queue here.
CREATE TABLE agenda_subject (
    subject     text        PRIMARY KEY,   -- a practitioner; structures with an agenda of their own fit too
    family      text,                      -- name as last known, for when the directory forgets it
    given       text[]      NOT NULL,
    due_at      timestamptz                -- when it must be told to the index again; null: nothing is to come
);
CREATE INDEX agenda_subject_due ON agenda_subject (due_at) WHERE due_at IS NOT NULL;

-- What somebody typed, in the place's local time. Dated today; weekdays and an end will make it recur.
CREATE TABLE agenda_entry (
    id              uuid        PRIMARY KEY,
    subject         text        NOT NULL REFERENCES agenda_subject,
    place           text        NOT NULL,  -- the directory's id
    place_structure text,                  -- and what is needed to show the place when the directory forgets it
    place_line      text,
    place_postal_code text,
    place_city      text,
    place_phone     text,
    zone            text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('SLOT', 'RANGE')),
    first_date      date        NOT NULL,
    start_time      time        NOT NULL,
    end_time        time        NOT NULL,  -- not after start_time: of the next day
    capacity        integer     NOT NULL CHECK (capacity >= 1),
    modes           text[]      NOT NULL,
    audiences       text[]      NOT NULL,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    created_by      text        NOT NULL,
    changed_at      timestamptz NOT NULL,
    changed_by      text        NOT NULL,
    CHECK (start_time <> end_time)
);
CREATE INDEX agenda_entry_by_subject ON agenda_entry (subject, first_date);

-- When entries take place. The local date names an occurrence, whatever its instants.
CREATE TABLE agenda_occurrence (
    entry       uuid        NOT NULL REFERENCES agenda_entry ON DELETE CASCADE,
    local_date  date        NOT NULL,
    subject     text        NOT NULL,
    start_at    timestamptz NOT NULL,
    end_at      timestamptz NOT NULL,
    PRIMARY KEY (entry, local_date),
    CHECK (start_at < end_at)
);
CREATE INDEX agenda_occurrence_to_come ON agenda_occurrence (subject, end_at);
