-- Who may act for a practitioner: asked for, decided by an account manager, ended by either.
CREATE TABLE delegation_delegation (
    id            uuid        PRIMARY KEY,   -- sorts by time
    practitioner  text        NOT NULL,
    email         text        NOT NULL,      -- of the delegate, in small letters
    family        text        NOT NULL,
    given         text        NOT NULL,
    town          text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('REQUESTED', 'ACCEPTED', 'REFUSED', 'REVOKED')),
    reason        text,                      -- of a refusal
    version       bigint      NOT NULL,
    requested_at  timestamptz NOT NULL,
    requested_by  text        NOT NULL,
    changed_at    timestamptz NOT NULL,
    changed_by    text        NOT NULL,
    CHECK ((state = 'REFUSED') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX delegation_one_at_a_time ON delegation_delegation (practitioner, email)
    WHERE state IN ('REQUESTED', 'ACCEPTED');
CREATE INDEX delegation_by_practitioner ON delegation_delegation (practitioner, id);
CREATE INDEX delegation_by_email ON delegation_delegation (email, id);
CREATE INDEX delegation_by_state ON delegation_delegation (state, id);

-- Who manages a facility; no longer means no row.
CREATE TABLE delegation_manager (
    id            uuid        PRIMARY KEY,
    facility      text        NOT NULL,
    email         text        NOT NULL,
    family        text        NOT NULL,
    given         text        NOT NULL,
    named_at      timestamptz NOT NULL,
    named_by      text        NOT NULL,
    UNIQUE (facility, email)
);
CREATE INDEX delegation_manager_by_email ON delegation_manager (email, facility);
