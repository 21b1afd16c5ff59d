package fr.sas.hub.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Looks every second whether the read replica can be read, and says why not. */
final class ReplicaWatch {

    private static final Logger log = LoggerFactory.getLogger(ReplicaWatch.class);
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** There may be several standbys behind one address, some of which lag; and each does right after a mark was written. */
    private static final Duration LOOKED_FOR = Duration.ofSeconds(5);

    /** Of all the hub's tables: which of them a search reads may change with each release. */
    private static final String FORBIDDEN = """
            SELECT t.relname FROM pg_class t JOIN pg_namespace schema ON schema.oid = t.relnamespace
            WHERE schema.nspname = current_schema() AND t.relkind IN ('r', 'p') AND NOT t.relispartition
              AND NOT has_table_privilege(t.oid, 'SELECT')
            ORDER BY t.relname""";

    private final ReadReplicaSettings settings;
    private final @Nullable DataSource standby;
    private final Clock clock;
    private final BackgroundThread thread = new BackgroundThread("read-replica", this::poll);
    private volatile ReplicaMark mark = new ReplicaMark();
    private volatile boolean answering;
    /** Why it is not read; empty while it is. */
    private volatile String trouble = "It was not looked at yet";

    /** The trouble that was logged; empty when it is over. */
    private volatile String logged = "";
    /** When one was met that can be read. */
    private volatile Instant metAt = Instant.EPOCH;

    private volatile Instant knownAt = Instant.EPOCH;

    /** @param standby not a pool: a busy pool does not say that it does not answer */
    ReplicaWatch(ReadReplicaSettings settings, @Nullable DataSource standby, Clock clock) {
        this.settings = settings;
        this.standby = standby;
        this.clock = clock;
    }

    /** Of the primary whose standby may be read; written once the node hears of changes. */
    ReplicaMark mark() {
        return mark;
    }

    boolean isAnswering() {
        return answering;
    }

    String trouble() {
        return trouble;
    }

    Instant knownAt() {
        return knownAt;
    }

    Duration outlasts() {
        return settings.outlasts();
    }

    boolean isRecent(Instant known) {
        return age(known).compareTo(settings.outlasts()) <= 0;
    }

    Duration age(Instant known) {
        Duration age = Duration.between(known, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.stop();
    }

    boolean isRunning() {
        return thread.isRunning();
    }

    /** Until the primary has a new mark, and the replica too, the replica is not read. */
    synchronized void beginAnew() {
        mark = new ReplicaMark();
        isNotMarked();
    }

    private void isNotMarked() {
        answering = false;
        trouble = "This node has not written its mark in the primary yet";
    }

    /** This standby cannot be read; another one behind the same address may be. */
    private static final class NotThisOne extends SQLException {

        NotThisOne(String why) {
            super(why);
        }
    }

    private void poll() {
        boolean couldBeRead = false;
        while (standby != null && thread.goesOn()) {
            try (DedicatedConnection own = DedicatedConnection.from(standby, settings.timeout())) {
                JdbcClient alone = JdbcClient.create(new SingleConnectionDataSource(own.connection(), true));
                while (thread.goesOn()) {
                    couldBeRead |= pollOnce(alone);
                    BackgroundThread.pause(LOOK_EVERY);
                }
            } catch (NotThisOne e) {
                isNotThisOne(e);
                BackgroundThread.pause(LOOK_EVERY);
            } catch (SQLException | RuntimeException e) {
                if (!couldBeRead) {
                    isAway(e);
                    BackgroundThread.pause(LOOK_EVERY);
                }
                couldBeRead = false; // at once, another one may answer behind the same address
            }
        }
    }

    /** @return whether it can be read */
    private boolean pollOnce(JdbcClient alone) throws SQLException {
        ReplicaMark known = mark;
        if (!known.isWritten()) {
            isNotMarked();
            return false;
        }
        ReplicaReply reply = ReplicaReply.of(alone, known);
        if (!reply.isStandby()) {
            throw new NotThisOne("It is no standby");
        }
        if (!reply.isMarked()) {
            throw new NotThisOne(
                    "It does not know what this node wrote in the primary: it lags far behind, or belongs to another primary");
        }
        List<String> forbidden = alone.sql(FORBIDDEN).query(String.class).list();
        if (!forbidden.isEmpty()) {
            throw new SQLException("Its user may not read " + String.join(", ", forbidden));
        }
        Instant replayed = reply.replayed().knownAt();
        if (!isRecent(replayed)) {
            throw new NotThisOne("It is too far behind");
        }
        canBeRead(known, replayed);
        return true;
    }

    private synchronized void canBeRead(ReplicaMark known, Instant replayed) {
        if (known != mark) {
            return; // this node has started over in the meantime
        }
        knownAt = replayed;
        metAt = clock.instant();
        if (!answering) {
            answering = true;
            trouble = "";
            logged = "";
            log.info("Searches are read from the replica");
        }
    }

    /** Noticed by the watch, or by a reader. */
    void isAway(Exception why) {
        String told =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(why).getMessage());
        if (!told.equals(logged)) {
            log.warn("Searches are read from the primary instead of the read replica: {}", told);
        }
        trouble = told;
        logged = told;
        answering = false;
    }

    /** Readers check on their own connection whether that standby may be read, so this one need not keep the others from being read. */
    private void isNotThisOne(NotThisOne why) {
        Instant since = clock.instant().minus(LOOKED_FOR);
        if (metAt.isAfter(since) || mark.firstWrittenAt().isAfter(since)) {
            trouble = answering ? "" : String.valueOf(why.getMessage());
        } else {
            isAway(why);
        }
    }
}
