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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL that writes deliveries. All of it is bulk: one statement for all subjects of a delivery. */
@Repository
class IndexTables {

    /** First key of the advisory locks that serialize refusals and deliveries of one subject. */
    private static final int REFUSAL_LOCK = 0x5A5;
    /** First key of those that serialize a vendor's erasure and its deliveries. */
    private static final int VENDOR_LOCK = 0x5A6;

    private final JdbcClient jdbc;
    private final Clock clock;

    IndexTables(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is stored about one source's last data.
     *
     * @param heardAt when the newest answer was fetched whose slots were stored, complete or partial
     */
    record StoredStatus(@Nullable Instant heardAt, @Nullable Long digest) {}

    /** A stored slot, as far as comparison needs it. */
    record StoredSlot(long id, String subject, String reference, Instant start, Instant end, long digest) {}

    /**
     * What the index held of a subject after a write, so that losses are noticed.
     *
     * @param firstEnd when the first of its slots ends; null if there are none
     */
    record HeldSlots(long digests, @Nullable Instant firstEnd) {}

    /** A slot ready for writing. */
    record NewSlot(Slot slot, String content, long digest) {}

    /** The subjects without a refusal; blocks their refusals until the end of the transaction. */
    Set<String> notRefusing(String[] subjects) {
        jdbc.sql("SELECT pg_advisory_xact_lock_shared(:lock, hashtext(s)) FROM unnest(:subjects) s ORDER BY s")
                .param("lock", REFUSAL_LOCK)
                .param("subjects", subjects)
                .query(rs -> {});
        Set<String> admitted = new HashSet<>(List.of(subjects));
        jdbc.sql("SELECT subject FROM index_refusal WHERE subject = ANY (:subjects)")
                .param("subjects", subjects)
                .query(rs -> {
                    admitted.remove(rs.getString("subject"));
                });
        return admitted;
    }

    /**
     * Waits for deliveries in progress that touch the subject, and blocks new ones until the end of the transaction.
     */
    void holdDeliveriesOf(Subject subject) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock, hashtext(:subject))")
                .param("lock", REFUSAL_LOCK)
                .param("subject", subject.value())
                .query(rs -> {});
    }

    /** Waits for an erasure in progress, and blocks others until the end of the transaction. */
    void holdErasureOf(Source source) {
        jdbc.sql("SELECT pg_advisory_xact_lock_shared(:lock, hashtext(:source))")
                .param("lock", VENDOR_LOCK)
                .param("source", source.name())
                .query(rs -> {});
    }

    /** Waits for the vendor's deliveries in progress, and blocks new ones until the end of the transaction. */
    void holdDeliveriesBy(Source source) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock, hashtext(:source))")
                .param("lock", VENDOR_LOCK)
                .param("source", source.name())
                .query(rs -> {});
    }

    void refuse(Subject subject, Instant since) {
        jdbc.sql("INSERT INTO index_refusal VALUES (:subject, :since) ON CONFLICT DO NOTHING")
                .param("subject", subject.value())
                .param("since", Timestamp.from(since))
                .update();
    }

    void admit(Subject subject) {
        jdbc.sql("DELETE FROM index_refusal WHERE subject = :subject")
                .param("subject", subject.value())
                .update();
    }

    /** The rows of a source for these subjects, created where missing, locked until the end of the transaction. */
    Map<String, StoredStatus> lockWords(Source source, String[] subjects) {
        Map<String, StoredStatus> words = selectWords(source, subjects);
        if (words.size() < subjects.length) {
            jdbc.sql("""
                            INSERT INTO index_word (subject, source)
                            SELECT s, :source FROM unnest(:subjects) s ORDER BY s ON CONFLICT DO NOTHING""")
                    .param("source", source.name())
                    .param("subjects", subjects)
                    .update();
            words = selectWords(source, subjects);
        }
        return words;
    }

    private Map<String, StoredStatus> selectWords(Source source, String[] subjects) {
        Map<String, StoredStatus> words = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, heard_at, digest FROM index_word
                        WHERE source || '' = :source AND subject = ANY (:subjects) ORDER BY subject FOR UPDATE""").param("source", source.name()).param("subjects", subjects).query(rs -> {
            words.put(
                    rs.getString("subject"),
                    new StoredStatus(Columns.instant(rs, "heard_at"), rs.getObject("digest", Long.class)));
        });
        return words;
    }

    /**
     * The failure of a later request is kept. Rows are found by their subjects only, here as elsewhere: {@code source || ''} keeps
     * PostgreSQL from reading all of a source that its statistics do not know yet (docs/decisions/0097).
     */
    void confirm(Source source, Instant at, Collection<String> subjects) {
        jdbc.sql("""
                        UPDATE index_word SET confirmed_at = n.at, heard_at = n.at,
                          first_confirmed_at = coalesce(first_confirmed_at, n.now),
                          failed_at = CASE WHEN failed_at > n.at THEN failed_at END,
                          trouble = CASE WHEN failed_at > n.at THEN trouble END,
                          trouble_detail = CASE WHEN failed_at > n.at THEN trouble_detail END
                        FROM (VALUES (:at::timestamptz, :now::timestamptz)) AS n (at, now)
                        WHERE source || '' = :source AND subject = ANY (:subjects)""")
                .param("at", Timestamp.from(at))
                .param("now", Timestamp.from(clock.instant()))
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    /**
     * Only subjects once reported completely; rows are locked in the order of their subjects, as deliveries lock them, all of them before the
     * first is changed. What is locked is counted rather than joined: a join may read the table whole, or all of a source for each row.
     *
     * @param subjects empty for all of the source's
     */
    List<Subject> confirmAgain(Source source, Collection<Subject> subjects, Instant at) {
        String those = subjects.isEmpty() ? "source = :source" : "source || '' = :source AND subject = ANY (:subjects)";
        String inOrder = subjects.isEmpty() ? """
                SELECT FROM index_word WHERE source = :source AND confirmed_at <= :at ORDER BY subject FOR UPDATE""" : """
                SELECT FROM (SELECT s FROM unnest(:subjects) s ORDER BY s) n CROSS JOIN LATERAL (
                    SELECT FROM index_word
                    WHERE subject = n.s AND source || '' = :source AND confirmed_at <= :at FOR UPDATE) w""";
        return jdbc.sql("""
                        WITH locked AS MATERIALIZED (%s)
                        UPDATE index_word SET confirmed_at = n.at, heard_at = greatest(heard_at, n.at),
                            failed_at = CASE WHEN failed_at > n.at THEN failed_at END,
                            trouble = CASE WHEN failed_at > n.at THEN trouble END,
                            trouble_detail = CASE WHEN failed_at > n.at THEN trouble_detail END
                        FROM (VALUES (:at::timestamptz)) AS n (at)
                        WHERE %s AND confirmed_at <= :at AND (SELECT count(*) FROM locked) > 0
                        RETURNING subject""".formatted(inOrder, those))
                .param("source", source.name())
                .param("at", Timestamp.from(at))
                .param("subjects", values(subjects))
                .query((rs, row) -> Subject.ofNational(rs.getString("subject")).orElseThrow())
                .list();
    }

    /**
     * Those of the subjects for which the index no longer holds what the source last reported: slots vanished, have ended since
     * or were left out because of a booking, or what was held is unknown.
     *
     * @param subjects empty for all of the source's
     */
    Set<String> vanished(Source source, Collection<Subject> subjects) {
        String compared = subjects.isEmpty() ? """
                SELECT w.subject FROM index_word w LEFT JOIN index_slot s USING (subject, source)
                WHERE w.source = :source GROUP BY w.subject, w.source
                HAVING w.held IS DISTINCT FROM coalesce(bit_xor(s.digest), 0) OR w.held_until <= :now
                  OR w.digest IS NULL""" : """
                SELECT w.subject FROM unnest(:subjects) n CROSS JOIN LATERAL (
                    SELECT subject, source, held, held_until, digest FROM index_word WHERE subject = n OFFSET 0) w
                CROSS JOIN LATERAL (
                    SELECT coalesce(bit_xor(digest) FILTER (WHERE source = :source), 0) AS digest FROM index_slot
                    WHERE subject = n) s
                WHERE w.source = :source
                  AND (w.held IS DISTINCT FROM s.digest OR w.held_until <= :now OR w.digest IS NULL)""";
        return new HashSet<>(jdbc.sql(compared)
                .param("source", source.name())
                .param("subjects", values(subjects))
                .param("now", Timestamp.from(clock.instant()))
                .query(String.class)
                .list());
    }

    private static String[] values(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }

    /** The source's next data about the subjects is compared in full. */
    void compareInFull(Source source, Collection<String> subjects) {
        jdbc.sql("""
                        WITH known AS MATERIALIZED (
                            SELECT subject FROM index_word WHERE source = :source AND subject = ANY (:subjects)
                            ORDER BY subject FOR UPDATE)
                        UPDATE index_word w SET digest = NULL FROM known
                        WHERE w.source = :source AND w.subject = known.subject""")
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    /** A failure says nothing about later requests. */
    void fail(Source source, Instant at, Answer.Trouble trouble, Collection<String> subjects) {
        jdbc.sql("""
                        UPDATE index_word SET failed_at = n.at, trouble = :trouble, trouble_detail = :detail
                        FROM (VALUES (:at::timestamptz)) AS n (at) WHERE source = :source AND subject = ANY (:subjects)
                        AND coalesce(confirmed_at < n.at, true) AND coalesce(failed_at <= n.at, true)""")
                .param("trouble", trouble.kind().name())
                .param("detail", trouble.detail())
                .param("at", Timestamp.from(at))
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    /** Records that slots of a partial answer were stored. */
    void recordHeard(Source source, Instant at, Collection<String> subjects) {
        jdbc.sql("UPDATE index_word SET heard_at = :at WHERE source = :source AND subject = ANY (:subjects)")
                .param("at", Timestamp.from(at))
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .update();
    }

    /** Parties and places as the source last reported them; subjects it never described are missing. */
    Map<String, OfferContent> offersOf(Source source, Collection<String> subjects) {
        Map<String, OfferContent> offers = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, offer FROM index_word
                        WHERE source = :source AND subject = ANY (:subjects) AND offer IS NOT NULL""")
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .query(rs -> {
                    offers.put(rs.getString("subject"), OfferContent.read(rs.getString("offer")));
                });
        return offers;
    }

    /**
     * Stores parties and places, and keeps the previous ones as history. A null digest means that the stored data is
     * incomplete: the next is compared in full.
     */
    void describe(
            Source source,
            List<String> subjects,
            List<String> offers,
            List<@Nullable Long> digests,
            List<HeldSlots> held) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        WITH n AS MATERIALIZED (
                          SELECT w.subject, n.offer::jsonb AS offer, n.digest, n.held, n.held_until,
                                 w.offer IS DISTINCT FROM n.offer::jsonb AS other, w.offer AS before,
                                 w.offer_since AS since, w.first_confirmed_at
                          FROM unnest(:subjects, :offers, :digests, :held, :heldUntil::timestamptz[])
                            AS n (subject, offer, digest, held, held_until)
                          JOIN index_word w ON w.source = :source AND w.subject = n.subject),
                        kept AS (
                          INSERT INTO index_offer_gone
                          SELECT :now, since, subject, :source, before, first_confirmed_at FROM n
                          WHERE other AND before IS NOT NULL AND since IS NOT NULL)
                        UPDATE index_word w SET offer = n.offer, digest = n.digest, held = n.held,
                          held_until = n.held_until, offer_since = CASE WHEN n.other THEN :now ELSE w.offer_since END
                        FROM n WHERE w.source = :source AND w.subject = n.subject""")
                .param("subjects", subjects.toArray(String[]::new))
                .param("offers", offers.toArray(String[]::new))
                .param("digests", digests.toArray(Long[]::new))
                .param("held", held.stream().map(HeldSlots::digests).toArray(Long[]::new))
                .param(
                        "heldUntil",
                        held.stream()
                                .map(one -> one.firstEnd() == null
                                        ? null
                                        : one.firstEnd().toString())
                                .toArray(String[]::new))
                .param("source", source.name())
                .param("now", now)
                .update();
    }

    List<StoredSlot> slotsOf(Source source, Collection<String> subjects) {
        return jdbc.sql("""
                        SELECT id, subject, reference, start_at, end_at, digest FROM index_slot
                        WHERE source = :source AND subject = ANY (:subjects)""")
                .param("source", source.name())
                .param("subjects", subjects.toArray(String[]::new))
                .query((rs, row) -> new StoredSlot(
                        rs.getLong("id"),
                        rs.getString("subject"),
                        rs.getString("reference"),
                        Columns.requiredInstant(rs, "start_at"),
                        Columns.requiredInstant(rs, "end_at"),
                        rs.getLong("digest")))
                .list();
    }

    /** @return those that were still there */
    List<ChangeLog.Change> delete(List<Long> ids, ChangeLog.Cause cause) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("WITH gone AS (DELETE FROM index_slot WHERE id = ANY (:ids) RETURNING *), " + ChangeLog.KEPT
                        + "SELECT subject, reference FROM gone")
                .param("ids", ids.toArray(Long[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .param("cause", cause.name())
                .query((rs, row) -> new ChangeLog.Change(rs.getString("subject"), rs.getString("reference"), false))
                .list();
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
        jdbc.sql("""
                        INSERT INTO index_slot (subject, source, place, start_at, end_at, reference, digest, content,
                          changed_at, came_at)
                        SELECT subject, :source, place, timestamptz 'epoch' + start_ms * interval '1 millisecond',
                               timestamptz 'epoch' + end_ms * interval '1 millisecond', reference, digest, content,
                                 :changedAt, :now
                        FROM unnest(:subjects, :places, :starts, :ends, :references, :digests, :contents)
                          AS n (subject, place, start_ms, end_ms, reference, digest, content)""")
                .param("source", source.name())
                .param("changedAt", Timestamp.from(changedAt))
                .param("now", Timestamp.from(clock.instant()))
                .param("subjects", subjects)
                .param("places", places)
                .param("starts", starts)
                .param("ends", ends)
                .param("references", references)
                .param("digests", digests)
                .param("contents", contents)
                .update();
    }

    /** Slots of a partial answer that are already stored are known as of then. */
    void hearInPart(Source source, Instant at, List<NewSlot> slots) {
        jdbc.sql("""
                        UPDATE index_slot s SET heard_in_part_at = :at
                        FROM unnest(:subjects, :digests) AS n (subject, digest)
                        WHERE s.source = :source AND s.subject = n.subject AND s.digest = n.digest""")
                .param("at", Timestamp.from(at))
                .param(
                        "subjects",
                        slots.stream()
                                .map(slot -> slot.slot().subject().value())
                                .toArray(String[]::new))
                .param("digests", slots.stream().map(NewSlot::digest).toArray(Long[]::new))
                .param("source", source.name())
                .update();
    }

    void storeCommunities(Collection<Community> communities, Instant at) {
        if (communities.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO index_community
                        SELECT id, name, phone, :at FROM unnest(:ids, :names, :phones) AS n (id, name, phone)
                        ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                          changed_at = excluded.changed_at
                        WHERE (index_community.name, index_community.phone)
                          IS DISTINCT FROM (excluded.name, excluded.phone)""")
                .param("at", Timestamp.from(at))
                .param("ids", communities.stream().map(c -> c.id().value()).toArray(String[]::new))
                .param("names", communities.stream().map(Community::name).toArray(String[]::new))
                .param("phones", communities.stream().map(Community::phone).toArray(String[]::new))
                .update();
    }
}
