-- Places are not indexed by structure: it would double the time of an extraction, and is asked only when a facility
-- becomes a health centre or is one no more.
CREATE INDEX directory_facility_centres ON directory_facility (id) WHERE kind = 'CDS' AND id ~ '^[13]';

-- Every id by which a health centre is known, and the one it is kept under. Rangs name one person's place.
CREATE VIEW directory_centre_id AS
SELECT f.id, f.id AS centre FROM directory_facility f WHERE f.kind = 'CDS' AND f.id ~ '^[13]'
UNION
SELECT g.id, f.id FROM directory_facility g CROSS JOIN LATERAL unnest(g.together_with) AS t (id)
JOIN directory_facility f ON f.id = t.id AND f.kind = 'CDS' AND f.id ~ '^[13]';

-- Places of practice that are at a health centre, by whichever of its ids.
CREATE VIEW directory_place_at_centre AS
SELECT p.practitioner, p.id AS place, f.id AS centre
FROM directory_place p
CROSS JOIN LATERAL (
    SELECT unnest(p.structures)
    UNION SELECT unnest(g.together_with) FROM directory_facility g WHERE g.id = ANY (p.structures)) AS n (id)
JOIN directory_facility f ON f.id = n.id AND f.kind = 'CDS' AND f.id ~ '^[13]';

-- The same, as it is read with every practitioner who is made ready to be searched: whoever changes what the view says
-- writes it here in the same transaction. Other rooms may read it.
CREATE TABLE directory_salaried (
    practitioner text NOT NULL,
    place        text NOT NULL,
    centre       text NOT NULL,
    PRIMARY KEY (practitioner, place, centre)
);
CREATE INDEX directory_salaried_by_centre ON directory_salaried (centre);
INSERT INTO directory_salaried SELECT practitioner, place, centre FROM directory_place_at_centre;
