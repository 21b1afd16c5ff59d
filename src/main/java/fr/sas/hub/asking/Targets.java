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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Whom to ask which vendor for, and when: the SQL of asking. */
@Repository
public class Targets {

    /**
     * Each kind of demand has its own index: a quarter of a million idle practitioners cost those in demand nothing.
     * The CTE is materialized because a plan that ran it repeatedly would claim more than the limit.
     */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT subject FROM connector_target
                WHERE source = ? AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
                  AND (left(subject, 1) IN ('0', '8')) = ? AND %s
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE connector_target t SET claimed_until = ? FROM due
            WHERE t.source = ? AND t.subject = due.subject
            RETURNING t.subject""";

    private static final String IN_DEMAND = "in_demand_until >= ?";
    private static final String IDLE = "coalesce(in_demand_until, '-infinity') < ?";

    private final JdbcTemplate jdbc;

    Targets(JdbcTemplate jdbc) {
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
        return jdbc.queryForList("""
                SELECT subject FROM connector_target WHERE source = ? AND (left(subject, 1) IN ('0', '8')) = ?
                ORDER BY sought, asked_at DESC NULLS LAST, subject LIMIT ?""", String.class, source.name(), practitioners, most).stream()
                .flatMap(value -> Subject.ofNational(value).stream())
                .toList();
    }

    /** Those among them who refuse to be asked for. */
    List<String> refused(Set<PractitionerId> practitioners) {
        return jdbc.queryForList(
                "SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (?) AND NOT may_be_asked",
                String.class,
                (Object) values(practitioners));
    }

    /** Those among them who have settings about vendors, or for whom some vendor is polled. */
    Set<PractitionerId> known(Collection<PractitionerId> practitioners) {
        String[] values = values(practitioners);
        Set<PractitionerId> known = new HashSet<>();
        jdbc.query(
                """
                SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (?)
                UNION SELECT subject FROM connector_target WHERE subject = ANY (?)""",
                rs -> {
                    PractitionerId.parse(rs.getString("practitioner")).ifPresent(known::add);
                },
                values,
                values);
        return known;
    }

    private List<String> claim(
            String demand, Source source, boolean practitioners, int atMost, Instant now, Instant claimedUntil) {
        Timestamp at = Timestamp.from(now);
        return jdbc.queryForList(
                CLAIM.formatted(demand),
                String.class,
                source.name(),
                at,
                at,
                practitioners,
                at,
                atMost,
                Timestamp.from(claimedUntil),
                source.name());
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
        jdbc.update(
                """
                UPDATE connector_target SET claimed_until = NULL, asked_at = ?,
                  due_at = CASE WHEN due_at > ? THEN due_at
                    ELSE ?::timestamptz + (CASE WHEN in_demand_until >= ? THEN ? ELSE ? END) * interval '1 millisecond' * (0.95 + random() * 0.1) END
                WHERE source = ? AND subject = ANY (?)""",
                Timestamp.from(askedAt),
                Timestamp.from(askedAt),
                Timestamp.from(askedAt),
                Timestamp.from(now),
                every.toMillis(),
                idleEvery.toMillis(),
                source.name(),
                values(subjects));
    }

    /** Rows are locked in the order of their keys: many callers touch the same subjects at the same time. */
    public void askNow(Collection<? extends Subject> subjects, Instant now) {
        jdbc.update("""
                WITH asked AS MATERIALIZED (
                    SELECT source, subject FROM connector_target WHERE subject = ANY (?) ORDER BY source, subject FOR UPDATE)
                UPDATE connector_target t SET due_at = ?, claimed_until = NULL FROM asked
                WHERE t.source = asked.source AND t.subject = asked.subject""", values(subjects), Timestamp.from(now));
    }

    /** @param subjects empty for all for whom the source is polled */
    public void askNow(Source source, Collection<? extends Subject> subjects, Instant now) {
        jdbc.update("""
                UPDATE connector_target SET due_at = n.at, claimed_until = NULL FROM (VALUES (?::timestamptz)) AS n (at)
                WHERE source = ? AND (due_at > n.at OR claimed_until IS NOT NULL) AND (? OR subject = ANY (?))""", Timestamp.from(now), source.name(), subjects.isEmpty(), values(subjects));
    }

    /** In demand from now on; due at once if the last answer is older than demand allows. */
    void inDemand(Source source, Collection<? extends Subject> subjects, Instant until, Duration every, Instant now) {
        jdbc.update(
                """
                UPDATE connector_target SET in_demand_until = ?,
                  due_at = least(due_at, CASE WHEN asked_at IS NULL THEN ?::timestamptz ELSE greatest(?::timestamptz, asked_at + ? * interval '1 millisecond') END)
                WHERE source = ? AND subject = ANY (?)""",
                Timestamp.from(until),
                Timestamp.from(now),
                Timestamp.from(now),
                every.toMillis(),
                source.name(),
                values(subjects));
    }

    void add(Source source, Collection<? extends Subject> subjects, Instant dueAt) {
        jdbc.update("""
                INSERT INTO connector_target (source, subject, due_at)
                SELECT ?, s, ? FROM unnest(?) s
                WHERE NOT EXISTS (SELECT FROM connector_practitioner_word w WHERE w.practitioner = s AND NOT w.may_be_asked)
                ON CONFLICT DO NOTHING""", source.name(), Timestamp.from(dueAt), values(subjects));
    }

    /**
     * Asked for once, to find out whether the vendor knows them; those it is already polled for are left as they are.
     */
    void seek(Source source, Collection<? extends Subject> subjects, Instant dueAt) {
        jdbc.update("""
                INSERT INTO connector_target (source, subject, due_at, sought)
                SELECT ?, s, ?, true FROM unnest(?) s
                WHERE NOT EXISTS (SELECT FROM connector_practitioner_word w WHERE w.practitioner = s AND NOT w.may_be_asked)
                ON CONFLICT DO NOTHING""", source.name(), Timestamp.from(dueAt), values(subjects));
    }

    /** The subjects among these of whom it is not yet known whether the vendor knows them. */
    Set<Subject> sought(Source source, Collection<? extends Subject> subjects) {
        return subjects("AND sought", source, subjects);
    }

    /** The subjects among these for whom the source is polled regularly. */
    Set<Subject> settled(Source source, Collection<? extends Subject> subjects) {
        return subjects("AND NOT sought", source, subjects);
    }

    /** Whether at least this many are waiting to be sought. */
    boolean isSeeking(Source source, int many) {
        Long waiting = jdbc.queryForObject(
                "SELECT count(*) FROM (SELECT FROM connector_target WHERE source = ? AND sought LIMIT ?) s",
                Long.class,
                source.name(),
                many);
        return waiting != null && waiting >= many;
    }

    /** The vendor knows them: it is polled for them from now on. */
    void found(Source source, Collection<? extends Subject> subjects) {
        jdbc.update(
                "UPDATE connector_target SET sought = false WHERE source = ? AND subject = ANY (?) AND sought",
                source.name(),
                values(subjects));
    }

    /** The vendor does not know them. */
    void notFound(Source source, Collection<? extends Subject> subjects) {
        jdbc.update(
                "DELETE FROM connector_target WHERE source = ? AND subject = ANY (?) AND sought",
                source.name(),
                values(subjects));
    }

    /** For those who did not name the vendor, it must be determined again whether it knows them. */
    void seekAllButNamed(Source source) {
        jdbc.update("""
                UPDATE connector_target t SET sought = true WHERE source = ? AND NOT EXISTS (
                  SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject AND ? = ANY (w.named))""", source.name(), source.name());
    }

    void addNamed(Source source, Instant dueAt) {
        jdbc.update("""
                INSERT INTO connector_target (source, subject, due_at)
                SELECT ?, practitioner, ? FROM connector_practitioner_word WHERE may_be_asked AND named @> ARRAY[?]::text[]
                ON CONFLICT DO NOTHING""", source.name(), Timestamp.from(dueAt), source.name());
    }

    /** Those who named the vendor need not be found. */
    void foundByName(Source source) {
        jdbc.update("""
                UPDATE connector_target t SET sought = false WHERE source = ? AND sought AND EXISTS (
                  SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject AND ? = ANY (w.named))""", source.name(), source.name());
    }

    /** Nobody waits to be sought any longer. */
    void seekNobody(Source source) {
        jdbc.update("DELETE FROM connector_target WHERE source = ? AND sought", source.name());
    }

    /** Creates targets for those who named the vendor; deletes those of practitioners who did not or no longer do. */
    void alignWithWords(Source source, Instant dueAt) {
        jdbc.update("""
                DELETE FROM connector_target t WHERE source = ? AND NOT EXISTS (
                  SELECT FROM connector_practitioner_word w WHERE w.practitioner = t.subject AND w.may_be_asked AND ? = ANY (w.named))""", source.name(), source.name());
        addNamed(source, dueAt);
    }

    /** The subjects among these whose settings exclude the vendor: a refusal, or a list of vendors without it. */
    Set<Subject> keptFrom(Source source, Collection<? extends Subject> subjects) {
        return whoSaid("NOT (may_be_asked AND ? = ANY (named))", source, subjects);
    }

    /** The subjects among these who named the vendor and do not refuse. */
    Set<Subject> naming(Source source, Collection<? extends Subject> subjects) {
        return whoSaid("may_be_asked AND ? = ANY (named)", source, subjects);
    }

    private Set<Subject> whoSaid(String condition, Source source, Collection<? extends Subject> subjects) {
        Set<Subject> found = new LinkedHashSet<>();
        jdbc.query(
                "SELECT practitioner FROM connector_practitioner_word WHERE practitioner = ANY (?) AND " + condition,
                rs -> {
                    Subject.ofNational(rs.getString("practitioner")).ifPresent(found::add);
                },
                values(subjects),
                source.name());
        return found;
    }

    void keepOnly(Source source, Collection<? extends Subject> subjects) {
        jdbc.update(
                "DELETE FROM connector_target WHERE source = ? AND subject <> ALL (?)",
                source.name(),
                values(subjects));
    }

    void removeSubject(Subject subject) {
        jdbc.update("DELETE FROM connector_target WHERE subject = ?", subject.value());
    }

    void removeSubject(Subject subject, Collection<Source> sources) {
        jdbc.update(
                "DELETE FROM connector_target WHERE subject = ? AND source = ANY (?)",
                subject.value(),
                sources.stream().map(Source::name).toArray(String[]::new));
    }

    void removeSource(Source source) {
        jdbc.update("DELETE FROM connector_target WHERE source = ?", source.name());
        jdbc.update("DELETE FROM connector_seeking WHERE source = ?", source.name());
    }

    void keepWord(PractitionerId practitioner, boolean mayBeAskedFor, Set<Source> named) {
        jdbc.update(
                """
                INSERT INTO connector_practitioner_word VALUES (?, ?, ?)
                ON CONFLICT (practitioner) DO UPDATE SET may_be_asked = excluded.may_be_asked, named = excluded.named""",
                practitioner.value(),
                mayBeAskedFor,
                named.stream().map(Source::name).sorted().toArray(String[]::new));
    }

    Map<Subject, Set<Source>> sourcesOf(Collection<? extends Subject> subjects) {
        Map<Subject, Set<Source>> sources = new HashMap<>();
        jdbc.query(
                "SELECT subject, source FROM connector_target WHERE subject = ANY (?) AND NOT sought",
                rs -> {
                    Source source = new Source(rs.getString("source"));
                    Subject.ofNational(rs.getString("subject"))
                            .ifPresent(subject -> sources.computeIfAbsent(subject, s -> new TreeSet<>())
                                    .add(source));
                },
                (Object) values(subjects));
        return sources;
    }

    Set<Subject> ofSource(Source source, Collection<? extends Subject> subjects) {
        return subjects("", source, subjects);
    }

    private Set<Subject> subjects(String condition, Source source, Collection<? extends Subject> subjects) {
        Set<Subject> found = new LinkedHashSet<>();
        jdbc.query(
                "SELECT subject FROM connector_target WHERE source = ? AND subject = ANY (?) " + condition,
                rs -> {
                    Subject.ofNational(rs.getString("subject")).ifPresent(found::add);
                },
                source.name(),
                values(subjects));
        return found;
    }

    /** How many subjects a source is polled for, and how many of them are overdue by more than this. */
    public record Count(long subjects, long overdue) {
        public static final Count NONE = new Count(0, 0);
    }

    public Map<Source, Count> counts(Instant overdueBefore) {
        Map<Source, Count> counts = new HashMap<>();
        jdbc.query(
                "SELECT source, count(*) AS subjects, count(*) FILTER (WHERE due_at < ?) AS overdue FROM connector_target"
                        + " WHERE NOT sought GROUP BY source",
                rs -> {
                    counts.put(
                            new Source(rs.getString("source")),
                            new Count(rs.getLong("subjects"), rs.getLong("overdue")));
                },
                Timestamp.from(overdueBefore));
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
        Timestamp at = Timestamp.from(now);
        jdbc.query(
                """
                SELECT source, count(*) AS subjects, count(*) FILTER (WHERE due) AS due, min(due_at) FILTER (WHERE due) AS oldest
                FROM (SELECT source, due_at, due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?) AS due
                      FROM connector_target) t
                GROUP BY source""",
                rs -> {
                    queues.put(
                            new Source(rs.getString("source")),
                            new Queue(rs.getLong("subjects"), rs.getLong("due"), Columns.instant(rs, "oldest")));
                },
                at,
                at);
        return queues;
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).sorted().toArray(String[]::new);
    }
}
