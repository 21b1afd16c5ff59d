-- Who decides on delegations and names facility managers, and where.
CREATE TABLE delegation_account_manager (
    id            uuid        PRIMARY KEY,   -- sorts by time
    email         text        NOT NULL UNIQUE, -- in small letters
    family        text        NOT NULL,
    given         text        NOT NULL,
    territories   text[]      NOT NULL CHECK (cardinality(territories) >= 1), -- départements, such as 75, 2A, 974
    version       bigint      NOT NULL,
    changed_at    timestamptz NOT NULL,
    changed_by    text        NOT NULL
);

-- Where practitioners work and facilities are, by national id. Other rooms may read it.
CREATE VIEW directory_postal_code AS
SELECT 'practitioner' AS kind, p.practitioner AS id, p.postal_code FROM directory_place p
UNION ALL
SELECT 'facility', f.id, f.postal_code FROM directory_facility f;
