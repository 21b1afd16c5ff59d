-- Every message to the regulators' software, and what was said of it; one partition a day.
CREATE TABLE lrm_message (
    id           uuid NOT NULL,          -- version 7 of put_at; the distributionID is <sender>_<id>
    put_at       timestamptz NOT NULL,
    appointment  uuid NOT NULL,
    recipient    text,
    content      text NOT NULL,          -- the appointment as it is told
    state        text NOT NULL CHECK (state IN ('NOT_TOLD', 'WAITING', 'PUBLISHED', 'ACKNOWLEDGED', 'REFUSED')),
    published_at timestamptz,
    said_at      timestamptz,
    code         int,
    said         text,
    PRIMARY KEY (put_at, id)
) PARTITION BY RANGE (put_at);
CREATE TABLE lrm_message_rest PARTITION OF lrm_message DEFAULT;
CREATE INDEX lrm_message_appointment ON lrm_message (appointment, put_at);
