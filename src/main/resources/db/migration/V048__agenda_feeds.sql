-- The secret address at which somebody's agenda can be read as a calendar. The secret itself is kept nowhere.
CREATE TABLE agenda_feed (
    subject         text        PRIMARY KEY REFERENCES agenda_subject,
    secret_sha256   bytea       NOT NULL UNIQUE,
    made_at         timestamptz NOT NULL,
    made_by         text        NOT NULL
);
