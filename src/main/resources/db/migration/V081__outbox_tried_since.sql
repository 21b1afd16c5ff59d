-- Since when attempts to deliver it have failed: it is given up so and so long after that, however long it waited before.
ALTER TABLE outbox_letter ADD COLUMN first_failed_at timestamptz;
