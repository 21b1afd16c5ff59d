-- Whether a change undid a deletion: what was gone is there again as it was, which people are not told as something new.
ALTER TABLE history_change ADD COLUMN undoes_deletion boolean NOT NULL DEFAULT false;
