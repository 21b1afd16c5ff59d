-- The date of a weekly entry is its first day and takes place; until now it was only the day from which it came.
UPDATE agenda_entry e SET first_date = (
    SELECT min(day::date) FROM generate_series(e.first_date, e.first_date + 6, interval '1 day') AS day
    WHERE to_char(day, 'FMDAY') = ANY (e.weekdays))
WHERE e.weekdays IS NOT NULL;
