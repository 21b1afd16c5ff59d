ALTER TABLE lrm_message DROP CONSTRAINT lrm_message_state_check;
ALTER TABLE lrm_message ADD CONSTRAINT lrm_message_state_check CHECK (state IN
  ('NOT_TOLD', 'WAITING', 'PUBLISHED', 'ACKNOWLEDGED', 'REFUSED', 'GIVEN_UP', 'REPLACED', 'DISCARDED'));
