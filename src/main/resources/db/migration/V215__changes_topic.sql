-- How far changes are published to Kafka (hub.news: kafka). Locked by the node that publishes.
CREATE TABLE changes_topic (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    position    text,                    -- changes up to here were confirmed; null: none was published yet
    begun       timestamptz              -- positions count since then: later, whatever was published before is void
);
INSERT INTO changes_topic DEFAULT VALUES;
