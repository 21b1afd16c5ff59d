package fr.sas.hub.index.news;

import fr.sas.hub.database.DedicatedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** News through PostgreSQL only: NOTIFY with the commit, LISTEN on a connection of its own. */
@Component
@ConditionalOnProperty(name = "hub.news", havingValue = "postgresql", matchIfMissing = true)
class ListenedNews implements NewsLine {

    private static final int POLL_MILLIS = 1_000;
    /** While there may be nodes that report changes through the outbox only. */
    private static final int READ_EVERY_MILLIS = 250;

    /** Also notifies nodes of earlier releases, by their last statement. */
    static final String LISTEN = "LISTEN hub_index";

    private final NewsTables rows;
    private final DataSource database;
    private final Clock clock;
    private final Duration proveEvery;
    private final ListeningNodes nodes;

    ListenedNews(JdbcClient jdbc, DataSource database, IndexNewsSettings settings, Clock clock) {
        this.rows = new NewsTables(jdbc);
        this.database = database;
        this.clock = clock;
        this.proveEvery = settings.listenAgainEvery();
        this.nodes = new ListeningNodes(ListeningNodes.NewsChannel.POSTGRESQL, proveEvery);
    }

    @Override
    public void publish(String message) {
        rows.notifyOtherNodes(message);
        if (nodes.mayDiffer()) {
            rows.write(message);
        }
    }

    /**
     * A dead connection that was never closed is silent, as if nothing changed: {@code LISTEN} is therefore repeated and must be
     * answered in time.
     */
    @Override
    public void listen(Listener listener) throws SQLException {
        try (DedicatedConnection line = DedicatedConnection.from(database, proveEvery)) {
            Connection connection = line.connection();
            try (Statement statement = connection.createStatement();
                    ListeningNodes.Session session = nodes.joinedBy(connection)) {
                PGConnection postgres = connection.unwrap(PGConnection.class);
                OutboxOfUnseen unseen = new OutboxOfUnseen(NewsTables.on(connection), session);
                listener.listensTo(NewsTables.on(connection).database());
                prove(session, statement, listener);
                long proved = System.nanoTime();
                while (listener.goesOn()) {
                    for (PGNotification notification : postgres.getNotifications(pollMillis(unseen))) {
                        listener.hears(notification.getParameter());
                    }
                    unseen.read(listener);
                    if (System.nanoTime() - proved >= proveEvery.toNanos()) {
                        prove(session, statement, listener);
                        proved = System.nanoTime();
                    }
                }
            }
        }
    }

    private void prove(ListeningNodes.Session session, Statement statement, Listener listener) throws SQLException {
        session.refresh();
        session.upTo(proved(statement), listener);
    }

    private Instant proved(Statement statement) throws SQLException {
        Instant asked = clock.instant();
        statement.execute(LISTEN);
        return asked;
    }

    private int pollMillis(OutboxOfUnseen unseen) {
        return (int) Math.min(unseen.hasEnded ? POLL_MILLIS : READ_EVERY_MILLIS, proveEvery.toMillis());
    }

    /** Changes reported through the outbox only, by nodes that have not noticed this one and cannot be seen. */
    private static final class OutboxOfUnseen {

        private final NewsTables outbox;
        private final ListeningNodes.Session session;
        private NewsSnapshot seen;
        private boolean hasEnded;

        OutboxOfUnseen(NewsTables outbox, ListeningNodes.Session session) {
            this.outbox = outbox;
            this.session = session;
            this.seen = outbox.now();
        }

        void read(Listener listener) {
            if (hasEnded) {
                return;
            }
            hasEnded = !session.mayHaveUnseen();
            NewsTables.News news = outbox.afterAsNode(seen);
            seen = news.now();
            news.messages().forEach(listener::hears);
        }
    }
}
