-- What was found of shown slots counts for a while: of a vendor that is paused, or offers nothing, nobody finds anything new.
ALTER TABLE connector_doubt ADD COLUMN counts_until timestamptz NOT NULL DEFAULT now() + interval '30 minutes';
