-- Changes that forms of the agenda made lately: the same form sent again finds its change made (docs/decisions/0087).
CREATE TABLE agenda_form_change (
    form    uuid        PRIMARY KEY,  -- made of the form's key and of everything that was typed (docs/decisions/0073)
    entry   uuid        NOT NULL,
    version bigint      NOT NULL,     -- of the entry, as the change left it
    at      timestamptz NOT NULL
);
CREATE INDEX agenda_form_change_by_at ON agenda_form_change (at);

-- Of the entry, as it was restored; null while the deletion can be taken back.
ALTER TABLE agenda_deletion ADD COLUMN restored_version bigint;
