-- Appointments as their owners last declared them. Nothing of the patient is kept.
CREATE TABLE appointment (
    id              uuid        PRIMARY KEY,
    owner           text        NOT NULL,  -- 'vendor/…' or 'client/…'
    client          text        NOT NULL,  -- who wrote last
    vendor          text,
    system          text        NOT NULL,  -- the owner's own identifier
    value           text        NOT NULL,
    status          text        NOT NULL,
    subject         text        NOT NULL,  -- with whom: national id
    confirmed       boolean     NOT NULL,
    operator_system text,                  -- for whom: the regulator
    operator_value  text,
    operator_type   text,
    slots           text[]      NOT NULL,  -- references as they were sent
    structure       text,
    start_at        timestamptz NOT NULL,
    end_at          timestamptz NOT NULL,
    declared_at     timestamptz NOT NULL,
    dated           boolean     NOT NULL,  -- whether the owner said when it was declared
    about           jsonb       NOT NULL,  -- what the hub knew of the slot: who, where, how
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    UNIQUE (owner, system, value)
);
CREATE INDEX appointment_by_subject ON appointment (subject, start_at);
CREATE INDEX appointment_by_end ON appointment (end_at);
