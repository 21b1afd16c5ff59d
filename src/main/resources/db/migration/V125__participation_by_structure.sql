-- Whoever participates through a structure is shown otherwise when its name or phone changes.
CREATE INDEX participation_settings_by_structure ON participation_settings ((settings ->> 'structure'));
