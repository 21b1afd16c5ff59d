-- Who did what about a destination, when and why: the last ones of each.
CREATE TABLE outbox_action (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    destination text        NOT NULL,
    action      text        NOT NULL,
    letter      bigint,                 -- null: the destination as a whole
    by_whom     text        NOT NULL,
    reason      text        NOT NULL
);
CREATE INDEX outbox_action_by_destination ON outbox_action (destination, id);
