-- As names and towns are compared when facilities are looked for: small letters without accents, ligatures, signs; Saint is St.
CREATE FUNCTION directory_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT btrim(regexp_replace(regexp_replace(
    lower(replace(replace(replace(replace(
        regexp_replace(normalize(coalesce($1, ''), NFD), '[\u0300-\u036F]', '', 'g'),
        'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')),
    '[^a-z0-9]+', ' ', 'g'), '\msaint(e?)\M', 'st\1', 'g'))
$$;

-- With a space before each word, so that words are found by their beginnings.
ALTER TABLE directory_facility
    ADD COLUMN plain_name text NOT NULL GENERATED ALWAYS AS (' ' || directory_plain(name)) STORED,
    ADD COLUMN plain_city text NOT NULL GENERATED ALWAYS AS (' ' || directory_plain(city)) STORED;
CREATE INDEX directory_facility_by_kind ON directory_facility (kind, plain_name, id) WHERE kind IS NOT NULL;

-- Extractions tell kinds: the one that was read is read again at the next start.
UPDATE directory_load SET fingerprint = NULL;
