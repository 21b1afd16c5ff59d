-- Health centres have delegates too.
ALTER TABLE delegation_delegation RENAME COLUMN practitioner TO subject;
ALTER INDEX delegation_by_practitioner RENAME TO delegation_by_subject;
COMMENT ON COLUMN delegation_delegation.subject IS 'national id of a practitioner, or the one a health centre is kept under';
