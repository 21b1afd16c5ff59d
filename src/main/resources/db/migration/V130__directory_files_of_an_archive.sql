-- An archive has several files whose lines are read: a line's number alone does not name it.
ALTER TABLE directory_skipped_line DROP CONSTRAINT directory_skipped_line_pkey;
ALTER TABLE directory_skipped_line ADD COLUMN file text;  -- of the archive; null: no archive
CREATE INDEX directory_skipped_line_by_load ON directory_skipped_line (load);
