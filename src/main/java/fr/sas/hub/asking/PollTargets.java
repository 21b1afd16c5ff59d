package fr.sas.hub.asking;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whom to ask which vendor for, and when: the SQL of asking. */
@Repository
public class PollTargets {

    /**
     * Each kind of demand has its own index: a quarter of a million idle practitioners cost those in demand nothing.
     * The CTE is materialized because a plan that ran it repeatedly would claim more than the limit.
     */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT subject FROM connector_target
                WHERE source = :source AND due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
                  AND (left(subject, 1) IN ('0', '8')) = :practitioners AND %s
                ORDER BY due_at LIMIT :atMost FOR UPDATE SKIP LOCKED)
            UPDATE connector_target t SET claimed_until = :claimedUntil FROM due
            WHERE t.source = :source AND t.subject = due.subject
            RETURNING t.subject""";

    private static final String IN_DEMAND = "in_demand_until >= :now";
    private static final String IDLE = "coalesce(in_demand_until, '-infinity') < :now";

    private final JdbcClient jdbc;

    PollTargets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims the most overdue subjects of one kind, those in demand first, for this node alone until
     * {@code claimedUntil}; the claims of a killed node expire by themselves.
     *
     * @param practitioners whether to claim practitioners or structures: a question contains only one kind
     */
    Set<Subject> claim(Source source, boolean practitioners, int atMost, Instant now, Instant claimedUntil) {
        List<String> subjects = claim(IN_DEMAND, source, practitioners, atMost, now, claimedUntil);
        if (subjects.size() < atMost) {
            subjects.addAll(claim(IDLE, source, practitioners, atMost - subjects.size(), now, claimedUntil));
        }
        Set<Subject> claimed = new LinkedHashSet<>();
        subjects.forEach(value -> Subject.ofNational(value).ifPresent(claimed::add));
        return claimed;
    }

    /** Some of those for whom this vendor is polled: not merely sought ones first, then most recently asked first. */
    List<Subject> some(Source source, boolean practitioners, int most) {
        return jdbc
                .sql("""
                        SELECT subject FROM connector_target WHERE source = :source
                          AND (left(subject, 1) IN ('0', '8')) = :practitioners
                        ORDER BY sought, asked_at DESC NULLS LAST, subject LIMIT :most""")
                .param("source", source.name())
                .param("practitioners", practitioners)
                .param("most", most)
                .query(String.class)
                .list()
                .stream()
                .flatMap(value -> Subject.ofNational(value).stream())
                .toList();
    }

    /** Those among them who refuse to be asked for. */
    List<String> refused(Set<PractitionerId> practitioners) {
        return jdbc.sql("""
                        SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (:practitioners)
                        AND NOT may_be_asked""")
                .param("practitioners", values(practitioners))
                .query(String.class)
                .list();
    }

    /** Those among them who have settings about vendors, or for whom some vendor is polled. */
    Set<PractitionerId> knownPractitioners(Collection<PractitionerId> practitioners) {
        String[] values = values(practitioners);
        Set<PractitionerId> known = new HashSet<>();
        jdbc.sql("""
                        SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (:practitioners)
                        UNION SELECT subject FROM connector_target WHERE subject = ANY (:practitioners)""").param("practitioners", values).query(rs -> {
            PractitionerId.parse(rs.getString("practitioner")).ifPresent(known::add);
        });
        return known;
    }

    private List<String> claim(
            String demand, Source source, boolean practitioners, int atMost, Instant now, Instant claimedUntil) {
        return jdbc.sql(CLAIM.formatted(demand))
                .param("source", source.name())
                .param("now", Timestamp.from(now))
                .param("practitioners", practitioners)
                .param("atMost", atMost)
                .param("claimedUntil", Timestamp.from(claimedUntil))
                .query(String.class)
                .list();
    }

    /**
     * Releases a claim; the next question is due {@code every} after this one for subjects in demand, else
     * {@code idleEvery}.
     */
    void release(
            Source source,
            Collection<Subject> subjects,
            Instant askedAt,
            Duration every,
            Duration idleEvery,
            Instant now) {
        jdbc.sql("""
                        UPDATE connector_target SET claimed_until = NULL, asked_at = :askedAt,
                          due_at = CASE WHEN due_at > :askedAt THEN due_at
                            ELSE :askedAt::timestamptz
                                + (CASE WHEN in_demand_until >= :now
                                  THEN :everyMillis::bigint ELSE :idleEveryMillis::bigint END)
                                * interval '1 millisecond' * (0.95 + random() * 0.1) END
                        WHERE source = :source AND subject = ANY (:subjects)""")
                .param("askedAt", Timestamp.from(askedAt))
                .param("now", Timestamp.from(now))
                .param("everyMillis", every.toMillis())
                .param("idleEveryMillis", idleEvery.toMillis())
                .param("source", source.name())
                .param("subjects", values(subjects))
                .update();
    }

    /** Rows are locked in the order of their keys: many callers touch the same subjects at the same time. */
    public void askNow(Collection<? extends Subject> subjects, Instant now) {
        jdbc.sql("""
                        WITH asked AS MATERIALIZED (
                            SELECT source, subject FROM connector_target WHERE subject = ANY (:subjects)
                              ORDER BY source, subject FOR UPDATE)
                        UPDATE connector_target t SET due_at = :now, claimed_until = NULL FROM asked
                        WHERE t.source = asked.source AND t.subject = asked.subject""")
                .param("subjects", values(subjects))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** @param subjects empty for all for whom the source is polled */
    public void askNow(Source source, Collection<? extends Subject> subjects, Instant now) {
        jdbc.sql("""
                        UPDATE connector_target SET due_at = n.at, claimed_until = NULL
                        FROM (VALUES (:now::timestamptz)) AS n (at)
                        WHERE source = :source AND (due_at > n.at OR claimed_until IS NOT NULL)
                          AND (:everybody OR subject = ANY (:subjects))""")
                .param("now", Timestamp.from(now))
                .param("source", source.name())
                .param("everybody", subjects.isEmpty())
                .param("subjects", values(subjects))
                .update();
    }

    /** In demand from now on; due at once if the last answer is older than demand allows. */
    void inDemand(Source source, Collection<? extends Subject> subjects, Instant until, Duration every, Instant now) {
        jdbc.sql("""
                        UPDATE connector_target SET in_demand_until = :until,
                          due_at = least(due_at, CASE WHEN asked_at IS NULL THEN :now::timestamptz
                            ELSE greatest(:now::timestamptz, asked_at + :everyMillis * interval '1 millisecond') END)
                        WHERE source = :source AND subject = ANY (:subjects)""")
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(now))
                .param("everyMillis", every.toMillis())
                .param("source", source.name())
                .param("subjects", values(subjects))
                .update();
    }

    void add(Source source, Collection<? extends Subject> subjects, Instant dueAt) {
        add(source, subjects, dueAt, false);
    }

    /**
     * Asked for once, to find out whether the vendor knows them; those it is already polled for are left as they are.
     */
    void seek(Source source, Collection<? extends Subject> subjects, Instant dueAt) {
        add(source, subjects, dueAt, true);
    }

    private void add(Source source, Collection<? extends Subject> subjects, Instant dueAt, boolean sought) {
        jdbc.sql("""
                        INSERT INTO connector_target (source, subject, due_at, sought)
                        SELECT :source, s, :dueAt, :sought FROM unnest(:subjects) s
                        WHERE NOT EXISTS (
                          SELECT FROM connector_practitioner_word w WHERE w.practitioner = s AND NOT w.may_be_asked)
                        ON CONFLICT DO NOTHING""")
                .param("source", source.name())
                .param("dueAt", Timestamp.from(dueAt))
                .param("sought", sought)
                .param("subjects", values(subjects))
                .update();
    }

    /** The subjects among these of whom it is not yet known whether the vendor knows them. */
    Set<Subject> candidates(Source source, Collection<? extends Subject> subjects) {
        return subjects("AND sought", source, subjects);
    }

    /** The subjects among these for whom the source is polled regularly. */
    Set<Subject> settled(Source source, Collection<? extends Subject> subjects) {
        return subjects("AND NOT sought", source, subjects);
    }

    /** Whether at least this many are waiting to be sought. */
    boolean isSeeking(Source source, int many) {
        long waiting = jdbc.sql(
                        "SELECT count(*) FROM (SELECT FROM connector_target WHERE source = :source AND sought LIMIT :many) s")
                .param("source", source.name())
                .param("many", many)
                .query(Long.class)
                .single();
        return waiting >= many;
    }

    /** The vendor knows them: it is polled for them from now on. */
    void found(Source source, Collection<? extends Subject> subjects) {
        update(
                "UPDATE connector_target SET sought = false WHERE source = :source AND subject = ANY (:subjects) AND sought",
                source,
                subjects);
    }

    /** The vendor does not know them. */
    void notFound(Source source, Collection<? extends Subject> subjects) {
        update(
                "DELETE FROM connector_target WHERE source = :source AND subject = ANY (:subjects) AND sought",
                source,
                subjects);
    }

    /** For those who did not name the vendor, it must be determined again whether it knows them. */
    void seekAllButNamed(Source source) {
        update("""
                        UPDATE connector_target t SET sought = true WHERE source = :source AND NOT EXISTS (
                          SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject
                            AND :source = ANY (w.named))""", source);
    }

    void addNamed(Source source, Instant dueAt) {
        jdbc.sql("""
                        INSERT INTO connector_target (source, subject, due_at)
                        SELECT :source, practitioner, :dueAt FROM connector_practitioner_word
                        WHERE may_be_asked AND named @> ARRAY[:source]::text[]
                        ON CONFLICT DO NOTHING""")
                .param("source", source.name())
                .param("dueAt", Timestamp.from(dueAt))
                .update();
    }

    /** Those who named the vendor need not be found. */
    void foundByName(Source source) {
        update("""
                        UPDATE connector_target t SET sought = false WHERE source = :source AND sought AND EXISTS (
                          SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject
                            AND :source = ANY (w.named))""", source);
    }

    /** Nobody waits to be sought any longer. */
    void seekNobody(Source source) {
        update("DELETE FROM connector_target WHERE source = :source AND sought", source);
    }

    /** Creates targets for those who named the vendor; deletes those of practitioners who did not or no longer do. */
    void alignWithWords(Source source, Instant dueAt) {
        update("""
                        DELETE FROM connector_target t WHERE source = :source AND NOT EXISTS (
                          SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject AND w.may_be_asked
                            AND :source = ANY (w.named))""", source);
        addNamed(source, dueAt);
    }

    /** The subjects among these whose settings exclude the vendor: a refusal, or a list of vendors without it. */
    Set<Subject> keptFrom(Source source, Collection<? extends Subject> subjects) {
        return whoSaid("NOT (may_be_asked AND :source = ANY (named))", source, subjects);
    }

    /** The subjects among these who named the vendor and do not refuse. */
    Set<Subject> naming(Source source, Collection<? extends Subject> subjects) {
        return whoSaid("may_be_asked AND :source = ANY (named)", source, subjects);
    }

    private Set<Subject> whoSaid(String condition, Source source, Collection<? extends Subject> subjects) {
        return those(
                "SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (:subjects) AND "
                        + condition,
                source,
                subjects);
    }

    void keepOnly(Source source, Collection<? extends Subject> subjects) {
        update("DELETE FROM connector_target WHERE source = :source AND subject <> ALL (:subjects)", source, subjects);
    }

    void removeSubject(Subject subject) {
        jdbc.sql("DELETE FROM connector_target WHERE subject = :subject")
                .param("subject", subject.value())
                .update();
    }

    void removeSubject(Subject subject, Collection<Source> sources) {
        jdbc.sql("DELETE FROM connector_target WHERE subject = :subject AND source = ANY (:sources)")
                .param("subject", subject.value())
                .param("sources", sources.stream().map(Source::name).toArray(String[]::new))
                .update();
    }

    void removeSource(Source source) {
        update("DELETE FROM connector_target WHERE source = :source", source);
        update("DELETE FROM connector_seeking WHERE source = :source", source);
    }

    void keepWord(PractitionerId practitioner, boolean mayBeAskedFor, Set<Source> named) {
        jdbc.sql("""
                        INSERT INTO connector_practitioner_word VALUES (:practitioner, :mayBeAskedFor, :named)
                        ON CONFLICT (practitioner) DO UPDATE
                          SET may_be_asked = excluded.may_be_asked, named = excluded.named""")
                .param("practitioner", practitioner.value())
                .param("mayBeAskedFor", mayBeAskedFor)
                .param("named", named.stream().map(Source::name).sorted().toArray(String[]::new))
                .update();
    }

    Map<Subject, Set<Source>> sourcesOf(Collection<? extends Subject> subjects) {
        Map<Subject, Set<Source>> sources = new HashMap<>();
        jdbc.sql("SELECT subject, source FROM connector_target WHERE subject = ANY (:subjects) AND NOT sought")
                .param("subjects", values(subjects))
                .query(rs -> {
                    Source source = new Source(rs.getString("source"));
                    Subject.ofNational(rs.getString("subject"))
                            .ifPresent(subject -> sources.computeIfAbsent(subject, s -> new TreeSet<>())
                                    .add(source));
                });
        return sources;
    }

    Set<Subject> ofSource(Source source, Collection<? extends Subject> subjects) {
        return subjects("", source, subjects);
    }

    private Set<Subject> subjects(String condition, Source source, Collection<? extends Subject> subjects) {
        return those(
                "SELECT subject FROM connector_target WHERE source = :source AND subject = ANY (:subjects) "
                        + condition,
                source,
                subjects);
    }

    private Set<Subject> those(String query, Source source, Collection<? extends Subject> subjects) {
        Set<Subject> found = new LinkedHashSet<>();
        jdbc.sql(query)
                .param("source", source.name())
                .param("subjects", values(subjects))
                .query(String.class)
                .list()
                .forEach(value -> Subject.ofNational(value).ifPresent(found::add));
        return found;
    }

    private void update(String statement, Source source) {
        jdbc.sql(statement).param("source", source.name()).update();
    }

    private void update(String statement, Source source, Collection<? extends Subject> subjects) {
        jdbc.sql(statement)
                .param("source", source.name())
                .param("subjects", values(subjects))
                .update();
    }

    /** How many subjects a source is polled for, and how many of them are overdue by more than this. */
    public record Count(long subjects, long overdue) {
        public static final Count NONE = new Count(0, 0);
    }

    public Map<Source, Count> counts(Instant overdueBefore) {
        Map<Source, Count> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT source, count(*) AS subjects, count(*) FILTER (WHERE due_at < :overdueBefore) AS overdue
                        FROM connector_target WHERE NOT sought GROUP BY source""").param("overdueBefore", Timestamp.from(overdueBefore)).query(rs -> {
            counts.put(new Source(rs.getString("source")), new Count(rs.getLong("subjects"), rs.getLong("overdue")));
        });
        return counts;
    }

    /**
     * How long a source's queue is.
     *
     * @param due subjects that could be asked for now and are not in progress
     * @param oldest when the most overdue of them became due; null if none is due
     */
    public record Queue(long subjects, long due, @Nullable Instant oldest) {}

    public Map<Source, Queue> queues(Instant now) {
        Map<Source, Queue> queues = new HashMap<>();
        jdbc.sql("""
                        SELECT source, count(*) AS subjects, count(*) FILTER (WHERE due) AS due,
                          min(due_at) FILTER (WHERE due) AS oldest
                        FROM (SELECT source, due_at,
                                due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now) AS due
                              FROM connector_target) t
                        GROUP BY source""").param("now", Timestamp.from(now)).query(rs -> {
            queues.put(
                    new Source(rs.getString("source")),
                    new Queue(rs.getLong("subjects"), rs.getLong("due"), Columns.instant(rs, "oldest")));
        });
        return queues;
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).sorted().toArray(String[]::new);
    }
}
