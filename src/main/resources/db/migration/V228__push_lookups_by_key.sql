-- Each delivery looks resources up by these: a list of entries not yet sorted in would be read from end to end by every lookup.
ALTER INDEX push_resource_refs SET (fastupdate = off);
ALTER INDEX push_resource_identifiers SET (fastupdate = off);
ALTER INDEX push_resource_subjects SET (fastupdate = off);
SELECT gin_clean_pending_list('push_resource_refs');
SELECT gin_clean_pending_list('push_resource_identifiers');
SELECT gin_clean_pending_list('push_resource_subjects');
