-- Who works at a structure, or in a town: asked when somebody is to be called. Nearly every place has one or two
-- structures: two plain indexes cost an extraction much less than one of whole arrays.
CREATE INDEX directory_place_by_postal_code ON directory_place (postal_code text_pattern_ops);
CREATE INDEX directory_place_by_structure ON directory_place ((structures[1]));
CREATE INDEX directory_place_by_second_structure ON directory_place ((structures[2])) WHERE structures[2] IS NOT NULL;
CREATE INDEX directory_place_of_many_structures ON directory_place (practitioner) WHERE cardinality(structures) > 2;

-- Who takes part, asked of everybody.
CREATE INDEX participation_settings_participating ON participation_settings (practitioner)
    WHERE (settings ->> 'participates')::boolean;
CREATE INDEX participation_settings_reorientation ON participation_settings (practitioner)
    WHERE (settings ->> 'emergencyReorientation')::boolean;
