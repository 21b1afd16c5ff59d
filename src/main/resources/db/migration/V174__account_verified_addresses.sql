-- The last address that a provider vouched for: whoever typed another one gave no rights with it.
ALTER TABLE account_account ADD COLUMN verified_email text;
UPDATE account_account SET verified_email = email WHERE last_sign_in_at IS NOT NULL;
