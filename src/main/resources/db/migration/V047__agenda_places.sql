-- What is said of one place of practice: when nobody is there, and what a regulator should know. Read with every subject
-- that is made ready to be searched.
CREATE TABLE agenda_place (
    subject             text        NOT NULL REFERENCES agenda_subject,
    place               text        NOT NULL,   -- the directory's id
    place_structure     text,                   -- its preferred national id, for when it gets a better one
    zone                text        NOT NULL,
    away_since          timestamptz,            -- until further notice; null: not
    away_from           date[]      NOT NULL DEFAULT '{}',  -- programmed periods, on the place's clock,
    away_to             date[]      NOT NULL DEFAULT '{}',  -- last days included; merged and in order
    away_version        bigint      NOT NULL DEFAULT 0,
    away_changed_at     timestamptz,
    away_changed_by     text,
    information         text,
    information_version bigint      NOT NULL DEFAULT 0,
    information_changed_at timestamptz,
    information_changed_by text,
    PRIMARY KEY (subject, place),
    CHECK (cardinality(away_from) = cardinality(away_to)),
    CHECK (char_length(information) BETWEEN 1 AND 1000)
);
