-- Of the few places with more than two structures by each of them: looked up by how many there are, they were counted as
-- a third of all.
DROP INDEX directory_place_of_many_structures;
CREATE INDEX directory_place_of_many_structures ON directory_place USING gin (structures)
    WHERE cardinality(structures) > 2;
