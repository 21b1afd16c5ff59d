-- Who exists: from the national extraction, and from the API. What the API wrote is never overwritten by an extraction.
CREATE TABLE directory_practitioner (
    id          text    PRIMARY KEY,              -- national, with prefix
    family      text    NOT NULL,
    given       text[]  NOT NULL,
    profession  text,
    specialties text[]  NOT NULL,                 -- codes of TRE_R38
    by_api      boolean NOT NULL DEFAULT false,   -- the API wrote it: no extraction touches it
    version     bigint  NOT NULL DEFAULT 1        -- counts the changes, those of the places too
);

CREATE TABLE directory_place (
    practitioner text   NOT NULL REFERENCES directory_practitioner ON DELETE CASCADE,
    id           text   NOT NULL,                 -- PlaceKeys, as it was when the place was first heard of
    structures   text[] NOT NULL,                 -- national ids
    name         text,
    line         text,
    postal_code  text,
    city         text,
    phone        text,                            -- + and the country's digits
    zone         text   NOT NULL,
    PRIMARY KEY (practitioner, id)
);

CREATE TABLE directory_facility (
    id          text    PRIMARY KEY,              -- FINESS, SIRET or rang with prefix
    name        text,
    kind        text,                             -- practice, cpts, msp, cds, sos; null: the extraction does not say
    phone       text,
    line        text,
    postal_code text,
    city        text,
    together_with text[] NOT NULL DEFAULT '{}',   -- FINESS and SIRET that the extraction gives on the same lines
    by_api      boolean NOT NULL DEFAULT false,
    version     bigint  NOT NULL DEFAULT 1
);

CREATE TABLE directory_load (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file          text        NOT NULL,
    fingerprint   text,                           -- path, size and time of a file on disk; null for an upload
    state         text        NOT NULL,           -- running, done, failed
    failure       text,
    started_at    timestamptz NOT NULL,
    finished_at   timestamptz,
    lines         bigint      NOT NULL DEFAULT 0,
    skipped       bigint      NOT NULL DEFAULT 0,
    phones_left_out bigint    NOT NULL DEFAULT 0,
    practitioners bigint      NOT NULL DEFAULT 0,
    places        bigint      NOT NULL DEFAULT 0,
    facilities    bigint      NOT NULL DEFAULT 0,
    removed       bigint      NOT NULL DEFAULT 0  -- practitioners an earlier extraction had and this one has not
);

CREATE TABLE directory_skipped_line (
    load     bigint NOT NULL REFERENCES directory_load ON DELETE CASCADE,
    line     bigint NOT NULL,
    rule     text   NOT NULL,
    sentence text   NOT NULL,
    excerpt  text   NOT NULL,
    PRIMARY KEY (load, line)
);
