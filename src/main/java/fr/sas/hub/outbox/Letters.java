package fr.sas.hub.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of letters: put down, claimed, settled. */
@Repository
class Letters {

    /** The first of its key among those that wait; materialized, because a plan that ran it again would claim another. */
    private static final String CLAIM = """
            WITH head AS MATERIALIZED (
                SELECT l.id FROM outbox_letter l JOIN outbox_destination d ON d.name = l.destination
                WHERE l.destination = :destination AND l.state = 'WAITING' AND l.due_at <= :now
                  AND (l.claimed_until IS NULL OR l.claimed_until <= :now)
                  AND d.stopped_at IS NULL AND (d.rest_until IS NULL OR d.rest_until <= :now)
                  AND NOT EXISTS (SELECT FROM outbox_letter e WHERE e.destination = l.destination AND e.key = l.key
                                  AND e.id < l.id AND e.state = 'WAITING')
                ORDER BY l.due_at, l.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED)
            UPDATE outbox_letter l SET claim = :claim, claimed_until = :until, attempts = attempts + 1
            FROM head WHERE l.id = head.id RETURNING l.*""";

    private static final String OWN = " WHERE id = :id AND claim = :claim";

    private final JdbcClient jdbc;

    Letters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A letter with the right of this node to carry it. */
    record Claimed(Letter letter, UUID claim) {}

    /** Writers of one key take turns, so that the order of ids is the order in which their transactions end. */
    void lock(Destination destination, String key) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('outbox ' || :destination || ' ' || :key, 0))")
                .param("destination", destination.name())
                .param("key", key)
                .query(row -> {});
    }

    void put(Destination destination, String key, String body, boolean lastOnly, Instant now) {
        jdbc.sql("""
                        DELETE FROM outbox_letter WHERE destination = :destination AND key = :key
                        AND (state = 'DEAD' OR (last_only AND :lastOnly AND (claimed_until IS NULL OR claimed_until <= :now)))""")
                .param("destination", destination.name())
                .param("key", key)
                .param("lastOnly", lastOnly)
                .param("now", Timestamp.from(now))
                .update();
        jdbc.sql("""
                        INSERT INTO outbox_letter (destination, key, body, last_only, state, put_at, due_at)
                        VALUES (:destination, :key, :body, :lastOnly, 'WAITING', :now, :now)""")
                .param("destination", destination.name())
                .param("key", key)
                .param("body", body)
                .param("lastOnly", lastOnly)
                .param("now", Timestamp.from(now))
                .update();
    }

    Optional<Claimed> claim(Destination destination, Instant now, Instant until) {
        UUID claim = UUID.randomUUID();
        return jdbc.sql(CLAIM)
                .param("destination", destination.name())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("claim", claim)
                .query((row, i) -> new Claimed(
                        new Letter(
                                row.getLong("id"),
                                destination,
                                row.getString("key"),
                                row.getString("body"),
                                row.getInt("attempts"),
                                row.getTimestamp("put_at").toInstant()),
                        claim))
                .optional();
    }

    /** @return false when the claim ran out and somebody else has the letter now */
    boolean remove(Claimed claimed) {
        return own("DELETE FROM outbox_letter" + OWN, claimed) == 1;
    }

    /** What was refused before of the same key is of the past: nobody may send it again after this one. */
    boolean removeWithOlderDead(Claimed claimed) {
        jdbc.sql("""
                        DELETE FROM outbox_letter WHERE destination = :destination AND key = :key AND id < :id AND state = 'DEAD'""")
                .param("destination", claimed.letter().destination().name())
                .param("key", claimed.letter().key())
                .param("id", claimed.letter().id())
                .update();
        return remove(claimed);
    }

    /** @param dueAt null to lay it aside as dead */
    boolean keep(Claimed claimed, String trouble, @Nullable Instant dueAt, Instant now) {
        return jdbc.sql("""
                        UPDATE outbox_letter SET claim = NULL, claimed_until = NULL, trouble = :trouble, trouble_at = :now,
                          state = CASE WHEN :dueAt::timestamptz IS NULL THEN 'DEAD' ELSE 'WAITING' END,
                          due_at = coalesce(:dueAt::timestamptz, due_at)""" + OWN)
                        .param("trouble", trouble)
                        .param("now", Timestamp.from(now))
                        .param("dueAt", dueAt == null ? null : Timestamp.from(dueAt))
                        .param("id", claimed.letter().id())
                        .param("claim", claimed.claim())
                        .update()
                == 1;
    }

    void giveBack(Claimed claimed) {
        own("UPDATE outbox_letter SET claim = NULL, claimed_until = NULL, attempts = attempts - 1" + OWN, claimed);
    }

    private int own(String sql, Claimed claimed) {
        return jdbc.sql(sql)
                .param("id", claimed.letter().id())
                .param("claim", claimed.claim())
                .update();
    }

    /** Whether a newer letter of the key waits that says all that this one says. */
    boolean isOvertaken(Claimed claimed, boolean refused) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM outbox_letter l JOIN outbox_letter n USING (destination, key)
                        WHERE l.id = :id AND n.id > l.id AND (:refused OR (l.last_only AND n.last_only)))""")
                .param("id", claimed.letter().id())
                .param("refused", refused)
                .query(Boolean.class)
                .single();
    }

    Optional<String> body(String destination, long id) {
        return jdbc.sql("SELECT body FROM outbox_letter WHERE destination = :destination AND id = :id")
                .param("destination", destination)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    List<Pending> list(String destination, Pending.State state, int atMost) {
        return jdbc.sql("""
                        SELECT * FROM outbox_letter WHERE destination = :destination AND state = :state
                        ORDER BY id LIMIT :atMost""")
                .param("destination", destination)
                .param("state", state.name())
                .param("atMost", atMost)
                .query(Letters::pending)
                .list();
    }

    Optional<Pending> find(String destination, long id) {
        return jdbc.sql("SELECT * FROM outbox_letter WHERE destination = :destination AND id = :id")
                .param("destination", destination)
                .param("id", id)
                .query(Letters::pending)
                .optional();
    }

    List<Pending> ofKey(String channel, String key) {
        return jdbc.sql("""
                        SELECT l.* FROM outbox_destination d JOIN outbox_letter l ON l.destination = d.name
                        WHERE d.channel = :channel AND l.key = :key ORDER BY l.id""")
                .param("channel", channel)
                .param("key", key)
                .query(Letters::pending)
                .list();
    }

    /** @param id null: all that are dead */
    int revive(String destination, @Nullable Long id, Instant now) {
        return jdbc.sql("""
                        UPDATE outbox_letter SET state = 'WAITING', due_at = :now, put_at = CASE WHEN state = 'DEAD' THEN :now ELSE put_at END
                        WHERE destination = :destination AND (id = :id::bigint OR (:id::bigint IS NULL AND state = 'DEAD'))""")
                .param("destination", destination)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** @return false when it is under way now, or gone */
    boolean discard(String destination, long id, Instant now) {
        return jdbc.sql("""
                                DELETE FROM outbox_letter WHERE destination = :destination AND id = :id
                                AND (claimed_until IS NULL OR claimed_until <= :now)""")
                        .param("destination", destination)
                        .param("id", id)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Letters due at once wait no longer for their own back-off. */
    void dueNow(String destination, Instant now) {
        jdbc.sql(
                        "UPDATE outbox_letter SET due_at = :now WHERE destination = :destination AND state = 'WAITING' AND due_at > :now")
                .param("destination", destination)
                .param("now", Timestamp.from(now))
                .update();
    }

    int removeDeadBefore(Instant oldest) {
        return jdbc.sql("DELETE FROM outbox_letter WHERE state = 'DEAD' AND trouble_at < :oldest")
                .param("oldest", Timestamp.from(oldest))
                .update();
    }

    private static Pending pending(ResultSet row, int i) throws SQLException {
        Timestamp troubleAt = row.getTimestamp("trouble_at");
        return new Pending(
                row.getLong("id"),
                row.getString("destination"),
                row.getString("key"),
                Pending.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getTimestamp("put_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                row.getString("trouble"),
                troubleAt == null ? null : troubleAt.toInstant());
    }
}
