-- People who sign in. As whom they may act stands in the directory and the delegations.
CREATE TABLE account_account (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  email varchar(254) UNIQUE,
  practitioner varchar(12) UNIQUE,
  family varchar(255) NOT NULL,
  given varchar(255) NOT NULL,
  created_at timestamptz NOT NULL,
  last_sign_in_at timestamptz NOT NULL,
  closed_at timestamptz,
  terms_version varchar(32),
  terms_accepted_at timestamptz
);

-- Each as their providers know them.
CREATE TABLE account_identity (
  issuer varchar(255) NOT NULL,
  subject varchar(255) NOT NULL,
  account uuid NOT NULL REFERENCES account_account,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_identity_account ON account_identity (account);

-- Sessions, as Spring Session has them, so that any node serves.
CREATE TABLE account_session (
  primary_id char(36) NOT NULL PRIMARY KEY,
  session_id char(36) NOT NULL UNIQUE,
  creation_time bigint NOT NULL,
  last_access_time bigint NOT NULL,
  max_inactive_interval int NOT NULL,
  expiry_time bigint NOT NULL,
  principal_name varchar(255)
);
CREATE INDEX account_session_expiry_time ON account_session (expiry_time);
CREATE INDEX account_session_principal_name ON account_session (principal_name);

CREATE TABLE account_session_attributes (
  session_primary_id char(36) NOT NULL REFERENCES account_session ON DELETE CASCADE,
  attribute_name varchar(200) NOT NULL,
  attribute_bytes bytea NOT NULL,
  PRIMARY KEY (session_primary_id, attribute_name)
);

-- Which session came of which session at the provider, for its back-channel logout.
CREATE TABLE account_provider_session (
  session char(36) PRIMARY KEY,
  issuer varchar(255) NOT NULL,
  subject varchar(255) NOT NULL,
  sid varchar(255),
  since timestamptz NOT NULL
);
CREATE INDEX account_provider_session_sid ON account_provider_session (issuer, sid);
CREATE INDEX account_provider_session_subject ON account_provider_session (issuer, subject);
