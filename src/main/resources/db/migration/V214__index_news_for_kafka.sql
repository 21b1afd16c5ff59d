-- What nodes tell each other when hub.news is kafka: written with the change, relayed to Kafka, read by nodes that Kafka does not
-- reach. Four parts by the hour, of which the oldest is emptied as a whole.
CREATE TABLE index_news (
    part        smallint    NOT NULL DEFAULT (extract(epoch FROM clock_timestamp())::bigint / 3600) % 4,
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),  -- says exactly who has seen it
    message     text        NOT NULL
) PARTITION BY LIST (part);
CREATE TABLE index_news_0 PARTITION OF index_news FOR VALUES IN (0);
CREATE TABLE index_news_1 PARTITION OF index_news FOR VALUES IN (1);
CREATE TABLE index_news_2 PARTITION OF index_news FOR VALUES IN (2);
CREATE TABLE index_news_3 PARTITION OF index_news FOR VALUES IN (3);
CREATE INDEX index_news_by_transaction ON index_news (xid);
