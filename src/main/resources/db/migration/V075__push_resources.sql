-- A vendor that delivers: the instant of its last word (never going back), and the terms its resources were last shown on.
-- Its row is locked while a word of the vendor is written: a vendor's words are taken one after the other.
CREATE TABLE push_vendor (
    vendor      text        PRIMARY KEY,
    heard_at    timestamptz NOT NULL,
    terms       text        NOT NULL DEFAULT ''
);

-- What vendors delivered, as they delivered it. Ids are the vendor's own: two vendors never meet.
CREATE TABLE push_resource (
    vendor      text        NOT NULL,
    type        text        NOT NULL,
    id          text        NOT NULL,
    version     bigint      NOT NULL,
    said_at     timestamptz,               -- by the vendor's clock: meta.lastUpdated, else Bundle.timestamp
    changed_at  timestamptz NOT NULL,      -- by ours
    deleted     boolean     NOT NULL,
    digest      uuid        NOT NULL,      -- of the content without versionId and lastUpdated
    json        text        NOT NULL,
    refs        text[]      NOT NULL,      -- vendor/Type/id; of a Slot all but its Schedule
    identifiers text[]      NOT NULL,      -- Type|system|value
    schedule    text,                      -- of a Slot: the id of its Schedule
    free        boolean     NOT NULL,      -- a Slot that is
    start_at    timestamptz,               -- of a Slot
    end_at      timestamptz,
    subjects    text[]      NOT NULL DEFAULT '{}',   -- of a Schedule: whose it is
    PRIMARY KEY (vendor, type, id)
) WITH (fillfactor = 80);
CREATE INDEX push_resource_slots ON push_resource (vendor, schedule) WHERE schedule IS NOT NULL;
CREATE INDEX push_resource_refs ON push_resource USING gin (refs) WHERE refs <> '{}';
CREATE INDEX push_resource_identifiers ON push_resource USING gin (identifiers) WHERE identifiers <> '{}';
CREATE INDEX push_resource_subjects ON push_resource USING gin (subjects) WHERE subjects <> '{}';
CREATE INDEX push_resource_ended ON push_resource (end_at) WHERE schedule IS NOT NULL;
CREATE INDEX push_resource_deleted ON push_resource (changed_at) WHERE deleted;

-- Of whom a vendor spoke, and when last; when its resources must be looked at again although it says nothing.
CREATE TABLE push_subject (
    vendor      text        NOT NULL,
    subject     text        NOT NULL,
    heard_at    timestamptz NOT NULL,
    admitted    boolean     NOT NULL,      -- what it said went to the index
    due_at      timestamptz,
    PRIMARY KEY (vendor, subject)
) WITH (fillfactor = 80);
CREATE INDEX push_subject_due ON push_subject (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX push_subject_by_subject ON push_subject (subject);
