package fr.sas.hub.index.news;

import fr.sas.hub.database.DedicatedConnection;
import fr.sas.hub.kafka.KafkaLine;
import fr.sas.hub.kafka.KafkaTail;
import fr.sas.hub.kafka.KafkaTopic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * News by Kafka (docs/decisions/0078): a row in an outbox, written with the change and relayed by one node to a topic that all
 * nodes read. A node knows exactly which transactions it has heard of; whatever is missing before a record, or does not arrive in
 * time, it reads from the outbox itself.
 */
@Component
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class RelayedNews implements NewsLine {

    private static final Logger log = LoggerFactory.getLogger(RelayedNews.class);

    /** After this long without a record, a node reads the outbox by itself, and again at this interval; the relay sends more often. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final NewsTables rows;
    private final KafkaLine kafka;
    private final DataSource database;
    private final Clock clock;
    private final Duration proveEvery;
    private final ListeningNodes nodes;
    private volatile boolean relayed;

    RelayedNews(
            JdbcClient jdbc,
            KafkaLine kafka,
            DataSource database,
            IndexNewsSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.rows = new NewsTables(jdbc);
        this.kafka = kafka;
        this.database = database;
        this.clock = clock;
        this.proveEvery = settings.listenAgainEvery();
        this.nodes = new ListeningNodes(ListeningNodes.NewsChannel.KAFKA, proveEvery);
        Gauge.builder("hub.index.news.relayed", () -> relayed ? 1 : 0)
                .description(
                        "1 while changes from other nodes arrive by Kafka, 0 while they are read from the database")
                .register(meters);
    }

    @Override
    public void publish(String message) {
        rows.write(message);
        if (nodes.mayDiffer()) {
            rows.notifyOtherNodes(message);
        }
    }

    @Override
    public void listen(Listener listener) throws SQLException {
        try (KafkaTail tail = kafka.tail(KafkaTopic.NEWS);
                DedicatedConnection line = DedicatedConnection.from(database, proveEvery);
                ListeningNodes.Session session = nodes.joinedBy(line.connection())) {
            new Listening(listener, tail, line.connection(), session).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            throw new SQLException("Cannot read the news from other nodes", e);
        } finally {
            relayed = false;
        }
    }

    /** One line, from when it is opened until it is lost. */
    private final class Listening {

        private final Listener listener;
        private final KafkaTail tail;
        private final NewsTables outbox;
        private final Notifications notifications;

        private final ListeningNodes.Session session;
        private final String database;
        private NewsSnapshot seen;
        private long readAt;
        /** The same by the clock of the database, which also counts the time for which this node was suspended. */
        private @Nullable Instant databaseReadAt;
        /** How far the clock of the database is ahead of this node's, or a little more. */
        private Duration databaseIsAhead = Duration.ZERO;

        /** When a record last arrived in time. */
        private long relayedAt = System.nanoTime() - PATIENCE.toNanos();

        private boolean hasMetStrangers;

        Listening(Listener listener, KafkaTail tail, Connection connection, ListeningNodes.Session session)
                throws SQLException {
            this.listener = listener;
            this.tail = tail;
            this.notifications = new Notifications(connection);
            this.outbox = NewsTables.on(connection);
            this.session = session;
            this.database = outbox.database();
            listener.listensTo(database);
            this.seen = outbox.now();
        }

        void run() throws InterruptedException, SQLException {
            read();
            while (listener.goesOn()) {
                byte @Nullable [] arrived = tail.next(PATIENCE);
                notifications.arrived().forEach(listener::hears);
                if (arrived == null) {
                    isRelayed(false);
                    read();
                } else {
                    Duration within = take(arrived);
                    if (System.nanoTime() - readAt >= within.toNanos()) {
                        read();
                    }
                }
            }
        }

        /** @return how long after the last reading the outbox may be read again: at once when something is missing before this record */
        private Duration take(byte[] arrived) {
            NewsBatch batch;
            try {
                batch = NewsBatch.read(arrived);
            } catch (IllegalArgumentException e) {
                log.warn("A record of the topic of news cannot be read: {}", e.getMessage());
                return Duration.ZERO;
            }
            if (!batch.database().equals(database)) {
                return passOver();
            }
            if (!seen.includes(batch.from())) {
                isRelayed(false);
                return Duration.ZERO;
            }
            batch.messages().forEach(listener::hears);
            if (batch.to().includes(seen)) {
                seen = batch.to();
            }
            Instant at = batch.at().minus(databaseIsAhead);
            session.upTo(at, listener);
            boolean inTime = Duration.between(at, clock.instant()).compareTo(PATIENCE) <= 0;
            isRelayed(inTime);
            if (inTime) {
                relayedAt = System.nanoTime();
            }
            return inTime ? proveEvery : PATIENCE;
        }

        /** A record of another database, or of this one before its restart, is treated as if it had not arrived. */
        private Duration passOver() {
            if (!hasMetStrangers) {
                hasMetStrangers = true;
                log.warn("The topic of news has records of another database: they are ignored; each hub needs its own");
            }
            boolean lately = relayed && System.nanoTime() - relayedAt < PATIENCE.toNanos();
            isRelayed(lately);
            return lately ? proveEvery : PATIENCE;
        }

        private void read() throws SQLException {
            Instant asked = clock.instant();
            session.refresh();
            if (session.mayHaveLeftOneUntold()) {
                rows.notifyOtherNodes(IndexNews.everything("kafka@" + clock.millis()));
            }
            NewsTables.News news = outbox.afterAsNode(seen);
            Instant before = databaseReadAt;
            if (before != null && news.mayLackSomeSince(before)) {
                log.warn("News from other nodes has not been read since {}: everything is read again", before);
                session.beginAgain();
            }
            news.messages().forEach(listener::hears);
            seen = news.now();
            readAt = System.nanoTime();
            databaseReadAt = news.at();
            databaseIsAhead = Duration.between(asked, news.at());
            session.upTo(asked, listener);
        }

        private void isRelayed(boolean now) {
            if (relayed != now) {
                relayed = now;
                log.debug("Changes from other nodes {}", now ? "arrive by Kafka" : "are read from the database");
            }
        }
    }

    /**
     * Changes reported through the database only: by nodes of an earlier release, and by those that have not noticed this one
     * and cannot be seen. Listening costs nothing while there are none.
     */
    private static final class Notifications {

        private final PGConnection connection;

        Notifications(Connection connection) throws SQLException {
            this.connection = connection.unwrap(PGConnection.class);
            try (Statement statement = connection.createStatement()) {
                statement.execute(ListenedNews.LISTEN);
            }
        }

        List<String> arrived() throws SQLException {
            return Stream.of(connection.getNotifications())
                    .map(PGNotification::getParameter)
                    .toList();
        }
    }
}
