-- What a node with a read replica writes each time it begins to hear of changes, and looks for in the replica (docs/decisions/0080). Written again
-- every hour; a day later its node is gone.
CREATE TABLE database_mark (
    mark        uuid        PRIMARY KEY,
    written_at  timestamptz NOT NULL
);
