-- Who works at a structure: asked when a health centre's word on participation changes.
CREATE INDEX directory_place_by_structure ON directory_place USING gin (structures);
CREATE INDEX directory_facility_together_with ON directory_facility USING gin (together_with);
CREATE INDEX directory_facility_centres ON directory_facility (id) WHERE kind = 'CDS';

-- Every id by which a health centre is known, and the one it is kept under.
CREATE VIEW directory_centre_id AS
SELECT f.id, f.id AS centre FROM directory_facility f WHERE f.kind = 'CDS' AND f.id ~ '^[13]'
UNION
SELECT g.id, f.id FROM directory_facility g CROSS JOIN LATERAL unnest(g.together_with) AS t (id)
JOIN directory_facility f ON f.id = t.id AND f.kind = 'CDS' AND f.id ~ '^[13]';

-- Places of practice that are at a health centre: whoever works there is one of its salaried doctors.
CREATE VIEW directory_place_at_centre AS
SELECT p.practitioner, p.id AS place, f.id AS centre
FROM directory_place p
CROSS JOIN LATERAL (
    SELECT unnest(p.structures)
    UNION SELECT unnest(g.together_with) FROM directory_facility g WHERE g.id = ANY (p.structures)) AS n (id)
JOIN directory_facility f ON f.id = n.id AND f.kind = 'CDS' AND f.id ~ '^[13]';
