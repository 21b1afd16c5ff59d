-- Who deleted it, as agenda_entry.changed_by says it: a deletion sent twice is one. Null: before this was kept.
ALTER TABLE agenda_deletion ADD COLUMN deleted_by text;
