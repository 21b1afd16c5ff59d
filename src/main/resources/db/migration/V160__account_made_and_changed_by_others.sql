-- Accounts are made before anybody signs in, changed by others, and it is remembered by whom.
ALTER TABLE account_account
  ALTER COLUMN last_sign_in_at DROP NOT NULL,
  ADD COLUMN roles text[] NOT NULL DEFAULT '{}',         -- what no other room says of them: regulator, ops
  ADD COLUMN territories text[] NOT NULL DEFAULT '{}',   -- départements whose account managers take care of it, besides those of whom it acts for
  ADD COLUMN revision bigint NOT NULL DEFAULT 1,         -- counts what others changed: a sign-in is none
  ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN changed_by text NOT NULL DEFAULT 'hub';
UPDATE account_account SET changed_at = created_at;
CREATE INDEX account_account_by_name ON account_account (family, given, id);

CREATE TABLE account_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account uuid NOT NULL REFERENCES account_account,
  at timestamptz NOT NULL,
  client text NOT NULL,
  person text,                        -- for whom the client acted; null: for itself
  before json,                        -- null: it is new
  after json NOT NULL
);
CREATE INDEX account_change_by_account ON account_change (account, id);

-- As whom an address acts now, and for whom or where. Other rooms may read it.
CREATE VIEW delegation_acting AS
SELECT email, 'delegate' AS kind, subject, NULL::text[] AS territories FROM delegation_delegation WHERE state = 'ACCEPTED'
UNION ALL
SELECT email, 'manager', facility, NULL FROM delegation_manager
UNION ALL
SELECT email, 'account-manager', NULL, territories FROM delegation_account_manager;
