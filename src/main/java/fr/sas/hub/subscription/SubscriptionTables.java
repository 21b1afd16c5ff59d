package fr.sas.hub.subscription;

import fr.sas.hub.changes.Position;
import fr.sas.hub.database.Columns;
import fr.sas.hub.database.DatabaseRun;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the room. */
@Repository
class SubscriptionTables {

    /** A table that was dropped and restored is another one. */
    private static final String RUN = "('subscription'::regclass::oid || '/' || " + DatabaseRun.NAME + ")";

    private static final String SELECT =
            "SELECT id, owner, document, base, subjects, heartbeat, ends_at, status, trouble,"
                    + " failures, shaken, position, set_out, events, told_at, may_lack_events OR server_run IS DISTINCT FROM "
                    + RUN
                    + " AS may_lack_events, (extract(epoch FROM clock_timestamp() - not_allowed_at) * 1000)::bigint"
                    + " AS not_allowed_millis, unanswered_position, unanswered_events FROM subscription ";

    /**
     * Where no number can have been given out: the time of day in microseconds is further than any count has come, unless the clock was
     * ahead before.
     */
    private static final String LEAP = """
            may_lack_events = true, events = CASE WHEN (extract(epoch FROM clock_timestamp()) * 1000000)::bigint > events
              THEN (extract(epoch FROM clock_timestamp()) * 1000000)::bigint ELSE events + 1000000000 END,
            unanswered_position = NULL, unanswered_events = NULL, server_run = """ + RUN;

    private final JdbcClient jdbc;

    SubscriptionTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void create(SubscriptionRow row, Instant now) {
        Set<String> subjects = row.subjects();
        jdbc.sql("""
                        INSERT INTO subscription (id, owner, document, base, subjects, heartbeat, ends_at, created_at, status,
                          position, server_run)
                        VALUES (:id, :owner, :document, :base, :subjects, :heartbeat, :endsAt, :now, 'REQUESTED', :position,
                        """ + RUN + ")")
                .param("id", row.id())
                .param("owner", row.owner())
                .param("document", row.document().written())
                .param("base", row.base())
                .param("subjects", subjects == null ? null : subjects.toArray(String[]::new))
                .param("heartbeat", row.heartbeat())
                .param("endsAt", timestamp(row.endsAt()))
                .param("now", Timestamp.from(now))
                .param("position", text(row.position()))
                .update();
    }

    /** Locks the client's subscriptions, so that the count stays true until the end of the transaction. */
    int countOf(String owner) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('subscription ' || :owner, 0))")
                .param("owner", owner)
                .query(row -> {});
        return jdbc.sql("SELECT count(*) FROM subscription WHERE owner = :owner")
                .param("owner", owner)
                .query(Integer.class)
                .single();
    }

    Optional<SubscriptionRow> find(UUID id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id)
                .query(SubscriptionTables::row)
                .optional();
    }

    /** @param owner null for all */
    List<SubscriptionRow> list(@Nullable String owner) {
        return jdbc.sql(SELECT + "WHERE :owner::text IS NULL OR owner = :owner ORDER BY created_at, id")
                .param("owner", owner)
                .query(SubscriptionTables::row)
                .list();
    }

    /** Subscriptions without a letter in the outbox. */
    List<SubscriptionRow> idle() {
        return jdbc.sql(SELECT + "WHERE NOT nudged AND status <> 'OFF' ORDER BY id")
                .query(SubscriptionTables::row)
                .list();
    }

    boolean delete(UUID id) {
        return jdbc.sql("DELETE FROM subscription WHERE id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** @return whether this call did it: only one node puts a letter into the outbox */
    boolean markQueued(UUID id) {
        return jdbc.sql("UPDATE subscription SET nudged = true WHERE id = :id AND NOT nudged AND status <> 'OFF'")
                        .param("id", id)
                        .update()
                == 1;
    }

    void letterIsGone(UUID id) {
        jdbc.sql("UPDATE subscription SET nudged = false WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Moves a subscription past changes that do not concern it, or no longer do. */
    void moveOn(UUID id, Position from, Position to) {
        jdbc.sql("""
                        UPDATE subscription SET position = :to, set_out = :setOut, events = greatest(events, unanswered_events),
                          unanswered_position = NULL, unanswered_events = NULL
                        WHERE id = :id AND position = :from""")
                .param("id", id)
                .param("from", text(from))
                .param("to", text(to))
                .param("setOut", setOut(to))
                .update();
    }

    /** The same for many, unless they have been told something meanwhile. */
    void moveOn(List<SubscriptionRow> rows, Position to) {
        jdbc.sql("""
                        UPDATE subscription SET position = :to, set_out = :setOut, events = greatest(events, unanswered_events),
                          unanswered_position = NULL, unanswered_events = NULL
                        FROM unnest(:ids::uuid[], :froms::text[]) AS read (id, position)
                        WHERE subscription.id = read.id AND subscription.position = read.position AND NOT nudged""")
                .param("ids", rows.stream().map(SubscriptionRow::id).toArray(UUID[]::new))
                .param("froms", rows.stream().map(row -> text(row.position())).toArray(String[]::new))
                .param("to", text(to))
                .param("setOut", setOut(to))
                .update();
    }

    /** The database may have lost what the receiver was told: its events are counted on from where no number was given out. */
    void noticeAnotherRun(UUID id) {
        jdbc.sql("UPDATE subscription SET " + LEAP + " WHERE id = :id AND server_run IS DISTINCT FROM " + RUN)
                .param("id", id)
                .update();
    }

    /** What followed its position is unknown. */
    void startOver(UUID id, Position position) {
        jdbc.sql("UPDATE subscription SET position = :position, set_out = :setOut, " + LEAP + " WHERE id = :id")
                .param("id", id)
                .param("position", text(position))
                .param("setOut", setOut(position))
                .update();
    }

    /**
     * Records that a notification is about to be sent: whatever happens to it, or to this node, its numbers are not given to other events.
     *
     * @return false when another node was quicker
     */
    boolean recordAsSent(SubscriptionRow row, Notification notification) {
        return jdbc.sql("""
                        UPDATE subscription SET unanswered_position = :position, unanswered_events = :events
                        WHERE id = :id AND position = :from AND events = :began
                          AND unanswered_events IS NULL""")
                        .param("id", row.id())
                        .param("from", text(row.position()))
                        .param("began", row.events())
                        .param("position", notification.next().toString())
                        .param("events", notification.events())
                        .update()
                == 1;
    }

    /** The receiver of this subscription has certainly not accepted it, so that its numbers are free again. */
    void freeNumbersOf(UUID id, Notification notification) {
        jdbc.sql("""
                        UPDATE subscription SET unanswered_position = NULL, unanswered_events = NULL
                        WHERE id = :id AND unanswered_events = :events""").param("id", id).param("events", notification.events()).update();
    }

    /**
     * The receiver of this subscription accepted a notification, which told it whether it may lack events.
     *
     * @param row what the notification began from: its position and notice stay if another one was accepted meanwhile
     */
    void accepted(SubscriptionRow row, Notification notification, Instant now) {
        jdbc.sql("""
                        UPDATE subscription SET
                          position = CASE WHEN position = :from AND events = :began THEN :position ELSE position END,
                          set_out = CASE WHEN position = :from AND events = :began THEN :setOut::bigint ELSE set_out END,
                          events = greatest(events, :events), told_at = :now, shaken = true,
                          status = CASE WHEN status = 'OFF' THEN status ELSE 'ACTIVE' END, trouble = NULL, failures = 0, nudged = false,
                          not_allowed_at = NULL, may_lack_events = may_lack_events AND NOT (:toldSo AND events = :began),
                          unanswered_position = CASE WHEN unanswered_events <= :events THEN NULL ELSE unanswered_position END,
                          unanswered_events = CASE WHEN unanswered_events <= :events THEN NULL ELSE unanswered_events END
                        WHERE id = :id""")
                .param("id", row.id())
                .param("from", text(row.position()))
                .param("began", row.events())
                .param("position", text(notification.next()))
                .param("setOut", setOut(notification.next()))
                .param("events", notification.events())
                .param("toldSo", row.mayLackEvents())
                .param("now", Timestamp.from(now))
                .update();
    }

    void failed(UUID id, String trouble, int errorAfter) {
        jdbc.sql("""
                        UPDATE subscription SET trouble = :trouble, failures = failures + 1,
                          status = CASE WHEN status <> 'OFF' AND failures + 1 >= :errorAfter THEN 'ERROR' ELSE status END
                        WHERE id = :id""")
                .param("id", id)
                .param("trouble", trouble)
                .param("errorAfter", errorAfter)
                .update();
    }

    /** Nothing is sent until its address is allowed again; what follows its position is sent then. */
    void notAllowed(UUID id, String why) {
        jdbc.sql("""
                        UPDATE subscription SET status = 'ERROR', trouble = :trouble, nudged = false, not_allowed_at = clock_timestamp()
                        WHERE id = :id AND status <> 'OFF'""").param("id", id).param("trouble", why).update();
    }

    void allowedAgain(UUID id) {
        jdbc.sql("""
                        UPDATE subscription SET trouble = NULL, not_allowed_at = NULL,
                          status = CASE WHEN status <> 'ERROR' THEN status WHEN shaken THEN 'ACTIVE' ELSE 'REQUESTED' END
                        WHERE id = :id AND not_allowed_at IS NOT NULL""").param("id", id).update();
    }

    void turnOff(UUID id, @Nullable String trouble) {
        jdbc.sql("""
                        UPDATE subscription SET status = 'OFF', trouble = coalesce(:trouble, trouble), nudged = false
                        WHERE id = :id""").param("id", id).param("trouble", trouble).update();
    }

    private static SubscriptionRow row(ResultSet row, int i) throws SQLException {
        Array subjects = row.getArray("subjects");
        return new SubscriptionRow(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                SubscriptionDocument.stored(row.getString("document")),
                row.getString("base"),
                subjects == null ? null : Set.of((String[]) subjects.getArray()),
                row.getObject("heartbeat", Integer.class),
                Columns.instant(row, "ends_at"),
                SubscriptionRow.Status.valueOf(row.getString("status")),
                row.getString("trouble"),
                row.getInt("failures"),
                row.getBoolean("shaken"),
                position(row),
                row.getLong("events"),
                Columns.instant(row, "told_at"),
                row.getBoolean("may_lack_events"),
                notAllowedAgo(row),
                unanswered(row));
    }

    private static @Nullable Duration notAllowedAgo(ResultSet row) throws SQLException {
        Long millis = row.getObject("not_allowed_millis", Long.class);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** In the form of the last release, whose nodes read it too and leave {@code set_out} as it is: then it is from a former way. */
    private static String text(Position position) {
        return position.withoutSettingOut().toString();
    }

    private static @Nullable Long setOut(Position position) {
        return position.isWrittenWithSettingOut() ? position.setOut() : null;
    }

    private static Position position(ResultSet row) throws SQLException {
        Position position = Position.parse(row.getString("position")).orElseThrow();
        Long setOut = row.getObject("set_out", Long.class);
        return setOut == null ? position : position.settingOutAt(setOut);
    }

    private static SubscriptionRow.@Nullable Unanswered unanswered(ResultSet row) throws SQLException {
        String position = row.getString("unanswered_position");
        return position == null
                ? null
                : new SubscriptionRow.Unanswered(
                        Position.parse(position).orElseThrow(), row.getLong("unanswered_events"));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
