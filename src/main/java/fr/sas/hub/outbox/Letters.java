package fr.sas.hub.outbox;

import fr.sas.hub.database.Columns;
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

/** The table of letters: queued, claimed, settled. */
@Repository
class Letters {

    /** The first waiting letter of its key; materialized, because a plan that ran it again would claim another. */
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

    /**
     * A letter that this node has the right to deliver.
     *
     * @param failingSince when the first attempt failed; null when none did
     */
    record Claimed(Letter letter, UUID claim, @Nullable Instant failingSince) {}

    /** Serialises writers of one key, so that ids are in the order in which their transactions end. */
    void lock(Destination destination, String key) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('outbox ' || :destination || ' ' || :key, 0))")
                .param("destination", destination.name())
                .param("key", key)
                .query(row -> {});
    }

    /** @return the letters that it replaces */
    List<Letter> put(Destination destination, String key, String body, boolean lastOnly, Instant now) {
        List<Letter> replaced = jdbc.sql("""
                        DELETE FROM outbox_letter WHERE destination = :destination AND key = :key
                        AND (state = 'DEAD' OR (last_only AND :lastOnly AND (claimed_until IS NULL OR claimed_until <= :now)))
                        RETURNING *""")
                .param("destination", destination.name())
                .param("key", key)
                .param("lastOnly", lastOnly)
                .param("now", Timestamp.from(now))
                .query((row, i) -> letter(row, destination))
                .list();
        jdbc.sql("""
                        INSERT INTO outbox_letter (destination, key, body, last_only, state, put_at, due_at)
                        VALUES (:destination, :key, :body, :lastOnly, 'WAITING', :now, :now)""")
                .param("destination", destination.name())
                .param("key", key)
                .param("body", body)
                .param("lastOnly", lastOnly)
                .param("now", Timestamp.from(now))
                .update();
        return replaced;
    }

    Optional<Claimed> claim(Destination destination, Instant now, Instant until) {
        UUID claim = UUID.randomUUID();
        return jdbc.sql(CLAIM)
                .param("destination", destination.name())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("claim", claim)
                .query((row, i) ->
                        new Claimed(letter(row, destination), claim, Columns.instant(row, "first_failed_at")))
                .optional();
    }

    /** @return false when the claim has expired and another node has the letter now */
    boolean remove(Claimed claimed) {
        return own("DELETE FROM outbox_letter" + OWN, claimed) == 1;
    }

    /** Earlier refusals of the same key are obsolete: they must not be sent again after this one. */
    List<Letter> removeOlderDead(Letter delivered) {
        return jdbc.sql("""
                        DELETE FROM outbox_letter WHERE destination = :destination AND key = :key AND id < :id AND state = 'DEAD'
                        RETURNING *""")
                .param("destination", delivered.destination().name())
                .param("key", delivered.key())
                .param("id", delivered.id())
                .query((row, i) -> letter(row, delivered.destination()))
                .list();
    }

    /**
     * @param dueAt null to make it a dead letter
     * @param counts whether this was an attempt
     */
    boolean keep(Claimed claimed, String trouble, @Nullable Instant dueAt, boolean counts, Instant now) {
        return jdbc.sql("""
                        UPDATE outbox_letter SET claim = NULL, claimed_until = NULL, trouble = :trouble, trouble_at = :now,
                          state = CASE WHEN :dueAt::timestamptz IS NULL THEN 'DEAD' ELSE 'WAITING' END,
                          due_at = coalesce(:dueAt::timestamptz, due_at),
                          first_failed_at = CASE WHEN :counts THEN coalesce(first_failed_at, :now) ELSE first_failed_at END""" + OWN)
                        .param("counts", counts)
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

    /** Whether a newer letter of the key is waiting that supersedes this one. */
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

    List<PendingLetter> list(String destination, PendingLetter.State state, int atMost) {
        return jdbc.sql("""
                        SELECT * FROM outbox_letter WHERE destination = :destination AND state = :state
                        ORDER BY id LIMIT :atMost""")
                .param("destination", destination)
                .param("state", state.name())
                .param("atMost", atMost)
                .query(Letters::pending)
                .list();
    }

    Optional<PendingLetter> find(String destination, long id) {
        return jdbc.sql("SELECT * FROM outbox_letter WHERE destination = :destination AND id = :id")
                .param("destination", destination)
                .param("id", id)
                .query(Letters::pending)
                .optional();
    }

    List<PendingLetter> ofKey(String channel, String key) {
        return jdbc.sql("""
                        SELECT l.* FROM outbox_destination d JOIN outbox_letter l ON l.destination = d.name
                        WHERE d.channel = :channel AND l.key = :key ORDER BY l.id""")
                .param("channel", channel)
                .param("key", key)
                .query(Letters::pending)
                .list();
    }

    /**
     * @param id null: all dead letters
     * @return the letters that now wait
     */
    List<Letter> revive(Destination destination, @Nullable Long id, Instant now) {
        return jdbc.sql("""
                        UPDATE outbox_letter SET state = 'WAITING', due_at = :now, first_failed_at = NULL,
                          put_at = CASE WHEN state = 'DEAD' THEN :now ELSE put_at END
                        WHERE destination = :destination AND (id = :id::bigint OR (:id::bigint IS NULL AND state = 'DEAD'))
                        RETURNING *""")
                .param("destination", destination.name())
                .param("id", id)
                .param("now", Timestamp.from(now))
                .query((row, i) -> letter(row, destination))
                .list();
    }

    /** Empty when it is in flight, or no longer exists. */
    Optional<Letter> discard(Destination destination, long id, Instant now) {
        return jdbc.sql("""
                        DELETE FROM outbox_letter WHERE destination = :destination AND id = :id
                        AND (claimed_until IS NULL OR claimed_until <= :now) RETURNING *""")
                .param("destination", destination.name())
                .param("id", id)
                .param("now", Timestamp.from(now))
                .query((row, i) -> letter(row, destination))
                .optional();
    }

    /** Ends the letters' own back-off. */
    void dueNow(String destination, Instant now) {
        jdbc.sql(
                        "UPDATE outbox_letter SET due_at = :now WHERE destination = :destination AND state = 'WAITING' AND due_at > :now")
                .param("destination", destination)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Resets the time of the first failure: while a destination is stopped nothing is tried. */
    void beginAnew(String destination) {
        jdbc.sql("""
                        UPDATE outbox_letter SET first_failed_at = NULL
                        WHERE destination = :destination AND state = 'WAITING' AND first_failed_at IS NOT NULL""").param("destination", destination).update();
    }

    void removeAll(String destination) {
        jdbc.sql("""
                        DELETE FROM outbox_letter
                        WHERE id IN (SELECT id FROM outbox_letter WHERE destination = :destination ORDER BY id FOR UPDATE)""").param("destination", destination).update();
    }

    int removeDeadBefore(Instant oldest) {
        return jdbc.sql("DELETE FROM outbox_letter WHERE state = 'DEAD' AND trouble_at < :oldest")
                .param("oldest", Timestamp.from(oldest))
                .update();
    }

    private static Letter letter(ResultSet row, Destination destination) throws SQLException {
        return new Letter(
                row.getLong("id"),
                destination,
                row.getString("key"),
                row.getString("body"),
                row.getInt("attempts"),
                Columns.requiredInstant(row, "put_at"));
    }

    private static PendingLetter pending(ResultSet row, int i) throws SQLException {
        return new PendingLetter(
                row.getLong("id"),
                row.getString("destination"),
                row.getString("key"),
                PendingLetter.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Columns.requiredInstant(row, "put_at"),
                Columns.requiredInstant(row, "due_at"),
                row.getString("trouble"),
                Columns.instant(row, "trouble_at"));
    }
}
