-- Grows while a node has the file in its folder: a node that never had it must not think that the vendor left.
ALTER TABLE connector_descriptor ADD COLUMN held bigint NOT NULL DEFAULT 0;
