-- Every change with who, when, before and after. One partition per month (UTC), made ahead and dropped by the hub.
CREATE TABLE history_change (
    position    bigint GENERATED ALWAYS AS IDENTITY,
    subject     text        NOT NULL,   -- 'practitioner ' or 'facility ', and the national id
    at          timestamptz NOT NULL,
    kind        text        NOT NULL,
    about       text        NOT NULL,   -- the address of what was changed, below that of the subject
    client      text        NOT NULL,
    person      text,                   -- for whom the client acted; null: for itself
    before      json,                   -- null: it is new; as text, so that fields keep their order
    after       json                    -- null: it is gone
) PARTITION BY RANGE (at);
CREATE TABLE history_change_rest PARTITION OF history_change DEFAULT;
CREATE INDEX history_change_by_subject ON history_change (subject, at DESC, position DESC);

-- Settings had a history of their own.
INSERT INTO history_change (subject, at, kind, about, client, person, before, after)
SELECT CASE WHEN practitioner ~ '^[13]' THEN 'facility ' ELSE 'practitioner ' END || practitioner, at, 'settings', 'settings', split_part(changed_by, ' for ', 1),
       nullif(substr(changed_by, length(split_part(changed_by, ' for ', 1)) + 6), ''), before::json, after::json
FROM participation_change ORDER BY at, id;
DROP TABLE participation_change;
