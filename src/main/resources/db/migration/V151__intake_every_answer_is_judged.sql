-- Every answer that is read is held against every rule: deliveries says how many were. Nodes of an earlier version still count.
ALTER TABLE intake_read_count ALTER COLUMN judged SET DEFAULT 0;
