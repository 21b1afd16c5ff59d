-- Vendors that publish files: what was taken last, and when to ask again. Claimed by one node at a time.
CREATE TABLE push_publication (
    vendor           text        PRIMARY KEY,
    etag             text,
    transaction_time text,                  -- as the vendor wrote it; null until something was taken
    complete_at      timestamptz,           -- when everything was taken last, and not only what changed
    due_at           timestamptz NOT NULL,
    claimed_until    timestamptz
);
