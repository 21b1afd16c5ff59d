-- How many professionals of a health centre participate, each time another number was said: the hours of a week are judged
-- by the number of then. Other rooms may read it.
CREATE TABLE participation_centre_size (
    centre        text        NOT NULL,   -- the id the directory keeps it under
    since         timestamptz NOT NULL,
    professionals integer     NOT NULL,
    PRIMARY KEY (centre, since)
);
-- What was said before today is taken for what was always so.
INSERT INTO participation_centre_size
SELECT centre, '2000-01-01', (settings ->> 'participatingProfessionals')::integer FROM participation_centre
WHERE settings ->> 'participatingProfessionals' IS NOT NULL;
