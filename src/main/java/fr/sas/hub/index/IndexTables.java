package fr.sas.hub.index;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The SQL that writes deliveries. All of it is bulk: one statement for all subjects of a delivery. */
@Repository
class IndexTables {

    /** First key of the advisory locks that serialize refusals and deliveries of one subject. */
    private static final int REFUSAL_LOCK = 0x5A5;
    /** First key of those that serialize a vendor's erasure and its deliveries. */
    private static final int VENDOR_LOCK = 0x5A6;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    IndexTables(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is stored about one source's last data.
     *
     * @param heardAt when the newest answer was fetched whose slots were stored, complete or partial
     */
    record StoredWord(@Nullable Instant heardAt, @Nullable Long digest) {}

    /** A stored slot, as far as comparison needs it. */
    record StoredSlot(long id, String subject, String reference, Instant start, Instant end, long digest) {}

    /**
     * What the index held of a subject after a write, so that losses are noticed.
     *
     * @param firstEnd when the first of its slots ends; null if there are none
     */
    record Held(long digests, @Nullable Instant firstEnd) {}

    /** A slot ready for writing. */
    record NewSlot(Slot slot, String content, long digest) {}

    /** The subjects without a refusal; blocks their refusals until the end of the transaction. */
    Set<String> notRefusing(String[] subjects) {
        jdbc.query(
                "SELECT pg_advisory_xact_lock_shared(?, hashtext(s)) FROM unnest(?) s ORDER BY s",
                rs -> {},
                REFUSAL_LOCK,
                subjects);
        Set<String> admitted = new HashSet<>(List.of(subjects));
        jdbc.query(
                "SELECT subject FROM index_refusal WHERE subject = ANY (?)",
                rs -> {
                    admitted.remove(rs.getString("subject"));
                },
                (Object) subjects);
        return admitted;
    }

    /**
     * Waits for deliveries in progress that touch the subject, and blocks new ones until the end of the transaction.
     */
    void holdDeliveriesOf(Subject subject) {
        jdbc.query("SELECT pg_advisory_xact_lock(?, hashtext(?))", rs -> {}, REFUSAL_LOCK, subject.value());
    }

    /** Waits for an erasure in progress, and blocks others until the end of the transaction. */
    void holdErasureOf(Source source) {
        jdbc.query("SELECT pg_advisory_xact_lock_shared(?, hashtext(?))", rs -> {}, VENDOR_LOCK, source.name());
    }

    /** Waits for the vendor's deliveries in progress, and blocks new ones until the end of the transaction. */
    void holdDeliveriesBy(Source source) {
        jdbc.query("SELECT pg_advisory_xact_lock(?, hashtext(?))", rs -> {}, VENDOR_LOCK, source.name());
    }

    void refuse(Subject subject, Instant since) {
        jdbc.update(
                "INSERT INTO index_refusal VALUES (?, ?) ON CONFLICT DO NOTHING",
                subject.value(),
                Timestamp.from(since));
    }

    void admit(Subject subject) {
        jdbc.update("DELETE FROM index_refusal WHERE subject = ?", subject.value());
    }

    /** The rows of a source for these subjects, created where missing, locked until the end of the transaction. */
    Map<String, StoredWord> lockWords(Source source, String[] subjects) {
        Map<String, StoredWord> words = selectWords(source, subjects);
        if (words.size() < subjects.length) {
            jdbc.update(
                    "INSERT INTO index_word (subject, source) SELECT s, ? FROM unnest(?) s ORDER BY s ON CONFLICT DO NOTHING",
                    source.name(),
                    subjects);
            words = selectWords(source, subjects);
        }
        return words;
    }

    private Map<String, StoredWord> selectWords(Source source, String[] subjects) {
        Map<String, StoredWord> words = new HashMap<>();
        jdbc.query(
                """
                SELECT subject, heard_at, digest FROM index_word
                WHERE source = ? AND subject = ANY (?) ORDER BY subject FOR UPDATE""",
                rs -> {
                    words.put(
                            rs.getString("subject"),
                            new StoredWord(Columns.instant(rs, "heard_at"), rs.getObject("digest", Long.class)));
                },
                source.name(),
                subjects);
        return words;
    }

    /** The failure of a later request is kept. */
    void confirm(Source source, Instant at, Collection<String> subjects) {
        jdbc.update(
                """
                UPDATE index_word SET confirmed_at = n.at, heard_at = n.at, first_confirmed_at = coalesce(first_confirmed_at, n.now),
                    failed_at = CASE WHEN failed_at > n.at THEN failed_at END,
                    trouble = CASE WHEN failed_at > n.at THEN trouble END,
                    trouble_detail = CASE WHEN failed_at > n.at THEN trouble_detail END
                FROM (VALUES (?::timestamptz, ?::timestamptz)) AS n (at, now) WHERE source = ? AND subject = ANY (?)""",
                Timestamp.from(at),
                Timestamp.from(clock.instant()),
                source.name(),
                subjects.toArray(String[]::new));
    }

    /**
     * Only subjects once reported completely; rows are locked in the order of their subjects, as deliveries lock them.
     */
    List<Subject> confirmAgain(Source source, Collection<Subject> subjects, Instant at) {
        return jdbc.query(
                """
                WITH said AS MATERIALIZED (
                    SELECT subject FROM index_word
                    WHERE source = ? AND confirmed_at <= ? AND (? OR subject = ANY (?)) ORDER BY subject FOR UPDATE)
                UPDATE index_word w SET confirmed_at = n.at, heard_at = greatest(heard_at, n.at),
                    failed_at = CASE WHEN failed_at > n.at THEN failed_at END,
                    trouble = CASE WHEN failed_at > n.at THEN trouble END,
                    trouble_detail = CASE WHEN failed_at > n.at THEN trouble_detail END
                FROM said, (VALUES (?::timestamptz)) AS n (at)
                WHERE w.source = ? AND w.subject = said.subject
                RETURNING w.subject""",
                (rs, row) -> Subject.ofNational(rs.getString("subject")).orElseThrow(),
                source.name(),
                Timestamp.from(at),
                subjects.isEmpty(),
                subjects.stream().map(Subject::value).toArray(String[]::new),
                Timestamp.from(at),
                source.name());
    }

    /**
     * Those of the subjects, or of all, for which the index no longer holds what the source last reported: slots
     * vanished, have ended since or were left out because of a booking, or what was held is unknown.
     */
    Set<String> vanished(Source source, Collection<Subject> subjects) {
        return new HashSet<>(jdbc.queryForList(
                """
                SELECT w.subject FROM index_word w LEFT JOIN index_slot s USING (subject, source)
                WHERE w.source = ? AND (? OR w.subject = ANY (?)) GROUP BY w.subject, w.source
                HAVING w.held IS DISTINCT FROM coalesce(bit_xor(s.digest), 0) OR w.held_until <= ? OR w.digest IS NULL""",
                String.class,
                source.name(),
                subjects.isEmpty(),
                subjects.stream().map(Subject::value).toArray(String[]::new),
                Timestamp.from(clock.instant())));
    }

    /** The source's next data about the subjects is compared in full. */
    void compareInFull(Source source, Collection<String> subjects) {
        jdbc.update("""
                WITH known AS MATERIALIZED (
                    SELECT subject FROM index_word WHERE source = ? AND subject = ANY (?) ORDER BY subject FOR UPDATE)
                UPDATE index_word w SET digest = NULL FROM known WHERE w.source = ? AND w.subject = known.subject""", source.name(), subjects.toArray(String[]::new), source.name());
    }

    /** A failure says nothing about later requests. */
    void fail(Source source, Instant at, Answer.Trouble trouble, Collection<String> subjects) {
        jdbc.update(
                """
                UPDATE index_word SET failed_at = n.at, trouble = ?, trouble_detail = ?
                FROM (VALUES (?::timestamptz)) AS n (at) WHERE source = ? AND subject = ANY (?)
                AND coalesce(confirmed_at < n.at, true) AND coalesce(failed_at <= n.at, true)""",
                trouble.kind().name(),
                trouble.detail(),
                Timestamp.from(at),
                source.name(),
                subjects.toArray(String[]::new));
    }

    /** Records that slots of a partial answer were stored. */
    void hear(Source source, Instant at, Collection<String> subjects) {
        jdbc.update(
                "UPDATE index_word SET heard_at = ? WHERE source = ? AND subject = ANY (?)",
                Timestamp.from(at),
                source.name(),
                subjects.toArray(String[]::new));
    }

    /** Parties and places as the source last reported them; subjects it never described are missing. */
    Map<String, OfferContent> offersOf(Source source, Collection<String> subjects) {
        Map<String, OfferContent> offers = new HashMap<>();
        jdbc.query(
                "SELECT subject, offer FROM index_word WHERE source = ? AND subject = ANY (?) AND offer IS NOT NULL",
                rs -> {
                    offers.put(rs.getString("subject"), OfferContent.read(rs.getString("offer")));
                },
                source.name(),
                subjects.toArray(String[]::new));
        return offers;
    }

    /**
     * Stores parties and places, and keeps the previous ones as history. A null digest means that the stored data is
     * incomplete: the next is compared in full.
     */
    void describe(
            Source source, List<String> subjects, List<String> offers, List<@Nullable Long> digests, List<Held> held) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.update(
                """
                WITH n AS MATERIALIZED (
                  SELECT w.subject, n.offer::jsonb AS offer, n.digest, n.held, n.held_until,
                         w.offer IS DISTINCT FROM n.offer::jsonb AS other, w.offer AS before, w.offer_since AS since,
                         w.first_confirmed_at
                  FROM unnest(?, ?, ?, ?, ?::timestamptz[]) AS n (subject, offer, digest, held, held_until)
                  JOIN index_word w ON w.source = ? AND w.subject = n.subject),
                kept AS (
                  INSERT INTO index_offer_gone SELECT ?, since, subject, ?, before, first_confirmed_at FROM n
                  WHERE other AND before IS NOT NULL AND since IS NOT NULL)
                UPDATE index_word w SET offer = n.offer, digest = n.digest, held = n.held, held_until = n.held_until,
                  offer_since = CASE WHEN n.other THEN ? ELSE w.offer_since END
                FROM n WHERE w.source = ? AND w.subject = n.subject""",
                subjects.toArray(String[]::new),
                offers.toArray(String[]::new),
                digests.toArray(Long[]::new),
                held.stream().map(Held::digests).toArray(Long[]::new),
                held.stream()
                        .map(one ->
                                one.firstEnd() == null ? null : one.firstEnd().toString())
                        .toArray(String[]::new),
                source.name(),
                now,
                source.name(),
                now,
                source.name());
    }

    List<StoredSlot> slotsOf(Source source, Collection<String> subjects) {
        return jdbc.query(
                "SELECT id, subject, reference, start_at, end_at, digest FROM index_slot WHERE source = ? AND subject = ANY (?)",
                (rs, row) -> new StoredSlot(
                        rs.getLong("id"),
                        rs.getString("subject"),
                        rs.getString("reference"),
                        rs.getTimestamp("start_at").toInstant(),
                        rs.getTimestamp("end_at").toInstant(),
                        rs.getLong("digest")),
                source.name(),
                subjects.toArray(String[]::new));
    }

    /** @return those that were still there */
    List<ChangeLog.Change> delete(List<Long> ids, ChangeLog.Cause cause) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                "WITH gone AS (DELETE FROM index_slot WHERE id = ANY (?) RETURNING *), " + ChangeLog.KEPT
                        + "SELECT subject, reference FROM gone",
                (rs, row) -> new ChangeLog.Change(rs.getString("subject"), rs.getString("reference"), false),
                ids.toArray(Long[]::new),
                Timestamp.from(clock.instant()),
                cause.name());
    }

    void insert(Source source, Instant changedAt, List<NewSlot> slots) {
        if (slots.isEmpty()) {
            return;
        }
        int count = slots.size();
        String[] subjects = new String[count];
        String[] places = new String[count];
        Long[] starts = new Long[count];
        Long[] ends = new Long[count];
        String[] references = new String[count];
        Long[] digests = new Long[count];
        String[] contents = new String[count];
        for (int i = 0; i < count; i++) {
            NewSlot row = slots.get(i);
            subjects[i] = row.slot().subject().value();
            places[i] = row.slot().place();
            starts[i] = row.slot().start().toEpochMilli();
            ends[i] = row.slot().end().toEpochMilli();
            references[i] = row.slot().reference();
            digests[i] = row.digest();
            contents[i] = row.content();
        }
        jdbc.update(
                """
                INSERT INTO index_slot (subject, source, place, start_at, end_at, reference, digest, content, changed_at, came_at)
                SELECT subject, ?, place, timestamptz 'epoch' + start_ms * interval '1 millisecond',
                       timestamptz 'epoch' + end_ms * interval '1 millisecond', reference, digest, content, ?, ?
                FROM unnest(?, ?, ?, ?, ?, ?, ?) AS n (subject, place, start_ms, end_ms, reference, digest, content)""",
                source.name(),
                Timestamp.from(changedAt),
                Timestamp.from(clock.instant()),
                subjects,
                places,
                starts,
                ends,
                references,
                digests,
                contents);
    }

    /** Slots of a partial answer that are already stored are known as of then. */
    void hearInPart(Source source, Instant at, List<NewSlot> slots) {
        jdbc.update(
                """
                UPDATE index_slot s SET heard_in_part_at = ? FROM unnest(?, ?) AS n (subject, digest)
                WHERE s.source = ? AND s.subject = n.subject AND s.digest = n.digest""",
                Timestamp.from(at),
                slots.stream().map(slot -> slot.slot().subject().value()).toArray(String[]::new),
                slots.stream().map(NewSlot::digest).toArray(Long[]::new),
                source.name());
    }

    void remember(Collection<Community> communities, Instant at) {
        if (communities.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                INSERT INTO index_community SELECT id, name, phone, ? FROM unnest(?, ?, ?) AS n (id, name, phone)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, changed_at = excluded.changed_at
                WHERE (index_community.name, index_community.phone) IS DISTINCT FROM (excluded.name, excluded.phone)""",
                Timestamp.from(at),
                communities.stream().map(c -> c.id().value()).toArray(String[]::new),
                communities.stream().map(Community::name).toArray(String[]::new),
                communities.stream().map(Community::phone).toArray(String[]::new));
    }

    void tellOtherNodes(String payload) {
        jdbc.query("SELECT pg_notify('hub_index', ?)", rs -> {}, payload);
    }

    /** Invalidates earlier renderings of these subjects for every reader from the commit on. */
    void countUp(Collection<? extends Subject> subjects) {
        jdbc.update(
                """
                INSERT INTO index_version SELECT s, 1 FROM unnest(?) s ORDER BY s
                ON CONFLICT (subject) DO UPDATE SET version = index_version.version + 1""", (Object) subjects.stream().map(Subject::value).distinct().toArray(String[]::new));
    }

    /** Invalidates the renderings of every subject. */
    void beginAnEpoch() {
        jdbc.update("UPDATE index_epoch SET epoch = epoch + 1");
    }
}
