-- What people ask by the contact form, with what they attached and what was done about it.
CREATE TABLE help_request (
    number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_at    timestamptz NOT NULL,
    role        text        NOT NULL,  -- who they say they are
    topic       text        NOT NULL,
    family      text        NOT NULL,
    given       text        NOT NULL,
    phone       text        NOT NULL,  -- as it was typed
    email       text        NOT NULL,
    territory   text        NOT NULL,  -- number of a département
    message     text        NOT NULL,
    page        text,                  -- the address of ours they came from
    account     uuid,                  -- of who was signed in
    language    text        NOT NULL,  -- fr, en
    addressee   text,                  -- whom a mail told of it; null: nobody
    state       text        NOT NULL CHECK (state IN ('OPEN', 'ANSWERED', 'CLOSED')),
    changed_at  timestamptz NOT NULL
);
CREATE INDEX help_request_state ON help_request (state, number);
CREATE INDEX help_request_changed_at ON help_request (changed_at) WHERE state <> 'OPEN';

CREATE TABLE help_attachment (
    request     bigint      NOT NULL REFERENCES help_request ON DELETE CASCADE,
    position    int         NOT NULL,
    name        text        NOT NULL,
    kind        text        NOT NULL,
    size        bigint      NOT NULL,
    bytes       bytea       NOT NULL,
    PRIMARY KEY (request, position)
);
-- pictures and archives do not get smaller
ALTER TABLE help_attachment ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE help_deed (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request     bigint      NOT NULL REFERENCES help_request ON DELETE CASCADE,
    done_at     timestamptz NOT NULL,
    done_by     text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('NOTE', 'ANSWER', 'CLOSE', 'REOPEN')),
    text        text        NOT NULL
);
CREATE INDEX help_deed_request ON help_deed (request, id);
