-- To whom welcome mails went lately: an address gets a few an hour, whoever asks, at whichever node.
CREATE TABLE account_welcome (
  email text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX account_welcome_by_email ON account_welcome (email, at);
