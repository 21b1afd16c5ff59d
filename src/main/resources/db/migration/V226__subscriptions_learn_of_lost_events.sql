-- A receiver learns that the database may have lost what it was told (docs/decisions/0093).
ALTER TABLE subscription
    ADD COLUMN server_run text,                                  -- in which the events were last counted; null: not recorded
    ADD COLUMN may_lack_events boolean NOT NULL DEFAULT false;   -- its receiver, which has not been told so yet
