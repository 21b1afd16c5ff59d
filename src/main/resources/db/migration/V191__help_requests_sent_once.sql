-- A form that is sent twice asks once: by the form and what was typed. Null: the form did not say which it is.
ALTER TABLE help_request ADD COLUMN sent_as uuid;
CREATE UNIQUE INDEX help_request_sent_as ON help_request (sent_as);
