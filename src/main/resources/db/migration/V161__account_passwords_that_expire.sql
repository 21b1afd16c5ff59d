-- When the identity provider was last asked how old a password is, and of which password its owner was told that it expires.
ALTER TABLE account_account
  ADD COLUMN password_looked_at timestamptz,
  ADD COLUMN password_told timestamptz;   -- since when the password is that they were told of
CREATE INDEX account_account_password_looked_at ON account_account (password_looked_at NULLS FIRST) WHERE closed_at IS NULL;
