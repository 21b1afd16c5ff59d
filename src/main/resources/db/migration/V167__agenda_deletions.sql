-- What was deleted lately, as it was, for whoever takes the deletion back.
CREATE TABLE agenda_deletion (
    id           uuid        PRIMARY KEY,
    subject      text        NOT NULL,
    scope        text        NOT NULL CHECK (scope IN ('ENTRY', 'OCCURRENCE', 'WEEKS')),
    entry        uuid        NOT NULL,
    local_date   date        NOT NULL,  -- of the occurrence, or from which no week comes
    left_version bigint,                -- of what the deletion left of the entry; null: it left nothing
    at           timestamptz NOT NULL,
    entries      jsonb       NOT NULL,  -- rows of agenda_entry: the entry, and what stood for single occurrences
    exceptions   date[]      NOT NULL
);
CREATE INDEX agenda_deletion_by_at ON agenda_deletion (at);
