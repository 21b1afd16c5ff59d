package fr.sas.hub.index.news;

import fr.sas.hub.database.Columns;
import fr.sas.hub.database.DatabaseRun;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The SQL of news: a notification, and for news by Kafka an outbox, written with the change, which every node can read when Kafka is away. */
final class NewsTables {

    private static final String AFTER = """
            WITH snapshot AS (SELECT pg_current_snapshot()::text AS now, statement_timestamp() AS at)
            SELECT snapshot.now, snapshot.at, n.message FROM snapshot
            LEFT JOIN index_news n ON n.xid >= CAST(:xmax AS xid8) OR n.xid = ANY (CAST(:running AS xid8[]))
            ORDER BY n.id""";

    /** Rows are removed two hours after they were written; by then, the transaction that wrote them may have ended an hour ago. */
    private static final Duration READ_WITHIN = Duration.ofHours(1);

    private final JdbcClient jdbc;

    NewsTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static NewsTables on(Connection connection) {
        return new NewsTables(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
    }

    /**
     * @param now the snapshot up to which news has been read
     * @param at when, by the clock of the database
     */
    record News(List<String> messages, NewsSnapshot now, Instant at) {

        News {
            messages = List.copyOf(messages);
        }

        /** Whether some may have been removed before a reader whose last reading was then could read them. */
        boolean mayLackSomeSince(Instant before) {
            return Duration.between(before, at).compareTo(READ_WITHIN) > 0;
        }
    }

    void write(String message) {
        jdbc.sql("INSERT INTO index_news (message) VALUES (:message)")
                .param("message", message)
                .update();
    }

    /** Through the database only, without a row: listeners are notified when the transaction commits. */
    void notifyOtherNodes(String payload) {
        jdbc.sql("SELECT pg_notify('hub_index', :payload)")
                .param("payload", payload)
                .query(rs -> {});
    }

    String database() {
        return jdbc.sql("SELECT " + DatabaseRun.NAME).query(String.class).single();
    }

    NewsSnapshot now() {
        return NewsSnapshot.parse(jdbc.sql("SELECT pg_current_snapshot()::text AS now")
                .query(String.class)
                .single());
    }

    /** What was committed since. */
    News after(NewsSnapshot seen) {
        return read("", seen);
    }

    /** The same, by a statement whose beginning shows in {@code pg_stat_activity} that a node is listening. */
    News afterAsNode(NewsSnapshot seen) {
        return read("/* hub node */ ", seen);
    }

    private News read(String mark, NewsSnapshot seen) {
        return jdbc.sql(mark + AFTER)
                .param("xmax", String.valueOf(seen.xmax()))
                .param("running", seen.runningAsArray())
                .query(rs -> {
                    rs.next();
                    NewsSnapshot now = NewsSnapshot.parse(rs.getString("now"));
                    Instant at = Columns.requiredInstant(rs, "at");
                    List<String> messages = new ArrayList<>();
                    do {
                        String message = rs.getString("message");
                        if (message != null) {
                            messages.add(message);
                        }
                    } while (rs.next());
                    return new News(messages, now, at);
                });
    }

    /** The part of the outbox that is no longer read; empty around the full hour, when that is about to change. */
    Optional<Integer> partReadByNobody() {
        return jdbc.sql("""
                        SELECT (extract(epoch FROM clock_timestamp())::bigint / 3600 + 1) % 4 AS part
                        WHERE extract(minute FROM clock_timestamp()) BETWEEN 5 AND 50""").query(Integer.class).optional();
    }

    boolean isEmpty(int part) {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM index_news WHERE part = :part)")
                .param("part", part)
                .query(Boolean.class)
                .single();
    }

    /** Waits only briefly for readers, such as a backup that reads for hours: every node that reads the outbox would queue behind this. */
    void empty(int part) {
        jdbc.sql("SET LOCAL lock_timeout = '50ms'").update();
        jdbc.sql("TRUNCATE index_news_" + part).update();
    }

    /** Makes this session the one that relays, unless another one is; the role ends with the session. */
    boolean becomesRelay() {
        return jdbc.sql("SELECT pg_try_advisory_lock(hashtext('relay of index_news'))")
                .query(Boolean.class)
                .single();
    }
}
