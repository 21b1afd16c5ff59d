package fr.sas.hub.outbox;

import fr.sas.hub.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of destinations: which ones back off after failures, which are stopped. Shared by all nodes. */
@Repository
class Destinations {

    private static final String OPEN = "stopped_at IS NULL AND (rest_until IS NULL OR rest_until <= :now)";

    private static final String STATUSES = """
            SELECT d.*, q.waiting, q.under_way, q.dead, q.oldest FROM outbox_destination d LEFT JOIN LATERAL (
              SELECT count(*) FILTER (WHERE state = 'WAITING') waiting, count(*) FILTER (WHERE claimed_until > :now) under_way,
                     count(*) FILTER (WHERE state = 'DEAD') dead, min(put_at) FILTER (WHERE state = 'WAITING') oldest
              FROM outbox_letter l WHERE l.destination = d.name) q ON true""";

    private final JdbcClient jdbc;

    Destinations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param due letters that could be claimed now, or slightly more: those waiting behind others of their key count
     *     too
     */
    record Due(Destination destination, int due) {}

    /** Does not lock a destination that is already known, so queueing letters does not block settling others. */
    void register(Destination destination) {
        jdbc.sql("INSERT INTO outbox_destination (name, channel) VALUES (:name, :channel) ON CONFLICT DO NOTHING")
                .param("name", destination.name())
                .param("channel", destination.channel())
                .update();
    }

    void forget(String name) {
        jdbc.sql("DELETE FROM outbox_destination WHERE name = :name")
                .param("name", name)
                .update();
    }

    Optional<Destination> find(String name) {
        return jdbc.sql("SELECT name, channel FROM outbox_destination WHERE name = :name")
                .param("name", name)
                .query((row, i) -> new Destination(row.getString("name"), row.getString("channel")))
                .optional();
    }

    List<Due> due(Instant now, int atMostEach) {
        return jdbc.sql("""
                        SELECT d.name, d.channel, q.due FROM outbox_destination d CROSS JOIN LATERAL (
                          SELECT count(*) due FROM (SELECT FROM outbox_letter l
                            WHERE l.destination = d.name AND l.state = 'WAITING' AND l.due_at <= :now
                              AND (l.claimed_until IS NULL OR l.claimed_until <= :now) LIMIT :atMost) few) q
                        WHERE q.due > 0 AND """ + " " + OPEN)
                .param("now", Timestamp.from(now))
                .param("atMost", atMostEach)
                .query((row, i) ->
                        new Due(new Destination(row.getString("name"), row.getString("channel")), row.getInt("due")))
                .list();
    }

    /**
     * Whether one more letter may be tried now. After failures, only one at a time: the caller that gets true has
     * exclusive use of the trial until {@code until}.
     */
    boolean mayTry(String name, Instant now, Instant until) {
        Optional<Integer> failures = jdbc.sql("SELECT failures FROM outbox_destination WHERE name = :name AND " + OPEN)
                .param("name", name)
                .param("now", Timestamp.from(now))
                .query(Integer.class)
                .optional();
        if (failures.isEmpty() || failures.get() == 0) {
            return failures.isPresent();
        }
        return jdbc.sql("UPDATE outbox_destination SET probing_until = :until WHERE name = :name AND failures > 0 AND "
                                + OPEN + " AND (probing_until IS NULL OR probing_until <= :now)")
                        .param("name", name)
                        .param("now", Timestamp.from(now))
                        .param("until", Timestamp.from(until))
                        .update()
                == 1;
    }

    boolean isStopped(String name) {
        return jdbc.sql("SELECT stopped_at IS NOT NULL FROM outbox_destination WHERE name = :name")
                .param("name", name)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** The receiver answered, so it is reachable. */
    void answered(String name, boolean delivered, Instant now) {
        jdbc.sql("""
                        UPDATE outbox_destination SET failures = 0, rest_until = NULL, probing_until = NULL,
                          delivered_at = CASE WHEN :delivered THEN :now ELSE delivered_at END
                        WHERE name = :name AND (failures > 0 OR (:delivered AND coalesce(delivered_at, '-infinity') < :now::timestamptz - interval '5 s'))""")
                .param("name", name)
                .param("delivered", delivered)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Failures of letters that were in flight together count once. */
    void failed(
            String name, String trouble, @Nullable Instant notBefore, Duration first, Duration longest, Instant now) {
        jdbc.sql("""
                        UPDATE outbox_destination SET probing_until = NULL, trouble = :trouble, trouble_at = :now,
                          failures = CASE WHEN rest_until > :now THEN failures ELSE failures + 1 END,
                          rest_until = greatest(rest_until, :notBefore::timestamptz, CASE WHEN rest_until > :now THEN rest_until
                            ELSE :now::timestamptz + least(:longest, :first * power(2, least(failures, 20))) * (0.5 + random() / 2) * interval '1 ms' END)
                        WHERE name = :name""")
                .param("name", name)
                .param("trouble", trouble)
                .param("notBefore", notBefore == null ? null : Timestamp.from(notBefore))
                .param("first", first.toMillis())
                .param("longest", longest.toMillis())
                .param("now", Timestamp.from(now))
                .update();
    }

    void noTrialNow(String name) {
        jdbc.sql("UPDATE outbox_destination SET probing_until = NULL WHERE name = :name AND probing_until IS NOT NULL")
                .param("name", name)
                .update();
    }

    void stop(String name, String by, @Nullable String why, Instant now) {
        jdbc.sql("""
                        UPDATE outbox_destination SET stopped_at = coalesce(stopped_at, :now), stopped_by = :by, stopped_why = :why
                        WHERE name = :name""")
                .param("name", name)
                .param("by", by)
                .param("why", why)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Ends a stop and a back-off: the next attempt is made at once. */
    void start(String name) {
        jdbc.sql("""
                        UPDATE outbox_destination SET stopped_at = NULL, stopped_by = NULL, stopped_why = NULL,
                          rest_until = NULL, probing_until = NULL
                        WHERE name = :name""").param("name", name).update();
    }

    /** The next attempt is made at once, unless the destination is stopped. */
    void wake(String name) {
        jdbc.sql("UPDATE outbox_destination SET rest_until = NULL, probing_until = NULL WHERE name = :name")
                .param("name", name)
                .update();
    }

    List<DestinationStatus> statuses(Instant now) {
        return jdbc.sql(STATUSES + " ORDER BY d.name")
                .param("now", Timestamp.from(now))
                .query((row, i) -> status(row, now))
                .list();
    }

    Optional<DestinationStatus> status(String name, Instant now) {
        return jdbc.sql(STATUSES + " WHERE d.name = :name")
                .param("now", Timestamp.from(now))
                .param("name", name)
                .query((row, i) -> status(row, now))
                .optional();
    }

    private static DestinationStatus status(ResultSet row, Instant now) throws SQLException {
        Instant stoppedAt = Columns.instant(row, "stopped_at");
        Instant restUntil = Columns.instant(row, "rest_until");
        boolean resting = restUntil != null && restUntil.isAfter(now);
        return new DestinationStatus(
                row.getString("name"),
                stoppedAt != null
                        ? DestinationStatus.State.STOPPED
                        : row.getInt("failures") > 0
                                ? DestinationStatus.State.FAILING
                                : DestinationStatus.State.RUNNING,
                row.getLong("waiting"),
                row.getLong("under_way"),
                row.getLong("dead"),
                Columns.instant(row, "oldest"),
                Columns.instant(row, "delivered_at"),
                row.getInt("failures"),
                resting ? restUntil : null,
                row.getString("trouble"),
                Columns.instant(row, "trouble_at"),
                stoppedAt,
                row.getString("stopped_by"),
                row.getString("stopped_why"));
    }
}
