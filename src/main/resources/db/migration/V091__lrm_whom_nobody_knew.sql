-- Of a message that was not told: who booked, as it was sent (a UUID in small letters, all else in capitals). It is told
-- when the account is saved.
ALTER TABLE lrm_message ADD COLUMN operator text;
CREATE INDEX lrm_message_not_told ON lrm_message (operator) WHERE state = 'NOT_TOLD';
