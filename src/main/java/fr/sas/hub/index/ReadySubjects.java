package fr.sas.hub.index;

import fr.sas.hub.asking.Roster;
import fr.sas.hub.database.Columns;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores renderings of {@link Availability} beside the index, by subject, so that any node can read them by key
 * (docs/decisions/0053). A front door of the room. What is found is as true as if it were rendered anew: it carries the
 * version that every change increments in its own transaction.
 */
@Service
public class ReadySubjects {

    private static final List<Class<?>> OWN_WRITERS = List.of(
            AnswerAssembly.class,
            Merge.class,
            PartyDescriptions.class,
            AbsenceFilter.class,
            Availability.class,
            MergedSlot.class,
            AvailabilityIndex.class,
            Commitment.class);

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Roster roster;
    private final SourceFreshnessPolicy freshness;
    private final Clock clock;

    ReadySubjects(
            JdbcClient jdbc,
            NamedParameterJdbcTemplate batches,
            Roster roster,
            SourceFreshnessPolicy freshness,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.roster = roster;
        this.freshness = freshness;
        this.clock = clock;
    }

    /**
     * @param statuses what its sources last reported, as of now
     * @param freshness freshness of {@code words} with which the bytes were rendered
     * @param until when time alone changes it; null for never
     */
    public record StoredRendering(
            byte[] bytes,
            List<SourceStatus> statuses,
            List<SourceFreshness> freshness,
            @Nullable Instant until) {}

    /** The state of the index that a rendering is based on, if read beforehand. */
    public record Stamp(long epoch, long version) {}

    /**
     * @param ready subjects with a stored rendering that is still valid
     * @param stamps of all requested subjects
     */
    public record StoredRenderings(Map<Subject, StoredRendering> ready, Map<Subject, Stamp> stamps) {}

    /**
     * A checksum of the compiled classes that determine what is written: another release may write it differently.
     * Includes those of this room.
     */
    public static int sumOf(Class<?>... writers) {
        CRC32 sum = new CRC32();
        Stream.concat(OWN_WRITERS.stream(), Stream.of(writers)).forEach(writer -> {
            String file = writer.getName().substring(writer.getPackageName().length() + 1) + ".class";
            try (InputStream in = Objects.requireNonNull(writer.getResourceAsStream(file), file)) {
                sum.update(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return (int) sum.getValue();
    }

    private record Row(StoredRendering ready, List<Source> sources) {}

    /**
     * Many searches wait for this at the same time on a node that has just discarded everything: it takes as few round trips
     * as possible, reading the statuses along, and no transaction.
     *
     * @param format of the bytes that the caller can read
     */
    public StoredRenderings find(Collection<? extends Subject> subjects, boolean forCommunities, int format) {
        Map<String, Subject> byValue = subjects.stream().distinct().collect(Collectors.toMap(Subject::value, s -> s));
        Map<Subject, Stamp> stamps = new HashMap<>();
        Map<Subject, Row> rows = new HashMap<>();
        Map<Subject, Map<Source, SourceStatus>> words = new HashMap<>();
        jdbc.sql("""
                        SELECT s AS subject, e.epoch, coalesce(v.version, 0) AS version, r.bytes, r.sources,
                          r.standings, r.until, NULL::text AS source, NULL::timestamptz AS confirmed_at,
                          NULL::timestamptz AS failed_at, NULL::text AS trouble, NULL::text AS trouble_detail
                        FROM unnest(:subjects) s CROSS JOIN (SELECT epoch FROM index_epoch LIMIT 1) e
                        LEFT JOIN LATERAL (SELECT version FROM index_version WHERE subject = s OFFSET 0) v ON true
                        LEFT JOIN LATERAL (
                          SELECT format, epoch, version, bytes, sources, standings, until FROM index_ready
                          WHERE subject = s AND communities = :forCommunities OFFSET 0) r
                          ON r.format = :format AND r.epoch = e.epoch AND r.version = coalesce(v.version, 0)
                        UNION ALL
                        SELECT subject, NULL, NULL, NULL, NULL, NULL, NULL, source, confirmed_at, failed_at, trouble,
                          trouble_detail
                        FROM index_word WHERE subject = ANY (:subjects)""")
                .param("subjects", byValue.keySet().toArray(String[]::new))
                .param("forCommunities", forCommunities)
                .param("format", format)
                .query(rs -> {
                    Subject subject = Objects.requireNonNull(byValue.get(rs.getString("subject")));
                    if (rs.getString("source") != null) {
                        SourceStatus status = IndexReader.status(rs);
                        words.computeIfAbsent(subject, one -> new TreeMap<>()).put(status.source(), status);
                    } else {
                        stamps.put(subject, new Stamp(rs.getLong("epoch"), rs.getLong("version")));
                        Row row = row(rs);
                        if (row != null) {
                            rows.put(subject, row);
                        }
                    }
                });
        return new StoredRenderings(rows.isEmpty() ? Map.of() : withStatuses(rows, words), stamps);
    }

    /** Null if there is no valid rendering. */
    private static @Nullable Row row(ResultSet rs) throws SQLException {
        byte[] bytes = rs.getBytes("bytes");
        if (bytes == null) {
            return null;
        }
        List<SourceFreshness> then =
                texts(rs, "standings").map(SourceFreshness::valueOf).toList();
        return new Row(
                new StoredRendering(bytes, List.of(), then, Columns.instant(rs, "until")),
                texts(rs, "sources").map(Source::new).toList());
    }

    /**
     * Adds the sources' present statuses; omits renderings made with sources other than those that would be included
     * now.
     */
    private Map<Subject, StoredRendering> withStatuses(
            Map<Subject, Row> rows, Map<Subject, Map<Source, SourceStatus>> said) {
        Instant now = clock.instant();
        Map<Subject, Set<Source>> asked = roster.vendorsAskedFor(rows.keySet());
        Map<Subject, StoredRendering> ready = new HashMap<>();
        rows.forEach((subject, row) -> {
            Set<Source> vendors = asked.getOrDefault(subject, Set.of());
            Map<Source, SourceStatus> known = new TreeMap<>();
            vendors.forEach(source -> known.put(source, new SourceStatus(source, null, null, null)));
            known.putAll(said.getOrDefault(subject, Map.of()));
            if (subject instanceof StructureId && !row.sources.contains(Source.AGENDA)) {
                known.remove(Source.AGENDA);
            }
            List<SourceStatus> told = known.values().stream()
                    .filter(status -> vendors.contains(status.source())
                            || freshness.of(status.source(), status.confirmedAt(), now) != SourceFreshness.HIDDEN)
                    .toList();
            if (told.stream().map(SourceStatus::source).toList().equals(row.sources)) {
                ready.put(subject, new StoredRendering(row.ready.bytes, told, row.ready.freshness, row.ready.until));
            }
        });
        return ready;
    }

    /** A rendering of a state of the index that was read before it. */
    public record NewRendering(
            Subject subject,
            Stamp stamp,
            List<Source> sources,
            List<SourceFreshness> freshness,
            @Nullable Instant until,
            byte[] bytes) {}

    /** Ignores renderings older than the stored ones. */
    @Transactional
    public void save(Collection<NewRendering> made, boolean forCommunities, int format) {
        SqlParameterSource[] rows = made.stream()
                .sorted((one, other) -> one.subject.value().compareTo(other.subject.value()))
                .map(one -> new MapSqlParameterSource("subject", one.subject.value())
                        .addValue("communities", forCommunities)
                        .addValue("format", format)
                        .addValue("epoch", one.stamp.epoch)
                        .addValue("version", one.stamp.version)
                        .addValue(
                                "sources",
                                one.sources.stream().map(Source::name).toArray(String[]::new))
                        .addValue(
                                "standings",
                                one.freshness.stream()
                                        .map(SourceFreshness::name)
                                        .toArray(String[]::new))
                        .addValue("until", one.until == null ? null : Timestamp.from(one.until))
                        .addValue("bytes", one.bytes))
                .toArray(SqlParameterSource[]::new);
        batches.batchUpdate("""
                INSERT INTO index_ready VALUES (:subject, :communities, :format, :epoch, :version, :sources, :standings,
                  :until::timestamptz, :bytes)
                ON CONFLICT (subject, communities) DO UPDATE SET format = excluded.format, epoch = excluded.epoch,
                  version = excluded.version, sources = excluded.sources, standings = excluded.standings,
                  until = excluded.until, bytes = excluded.bytes
                WHERE excluded.epoch > index_ready.epoch
                  OR excluded.epoch = index_ready.epoch AND excluded.version >= index_ready.version""", rows);
    }

    /** The next subjects with data from sources, by national id; empty after the last. */
    public List<Subject> after(String nationalId, int count) {
        return jdbc.sql(
                        "SELECT DISTINCT subject FROM index_word WHERE subject > :nationalId ORDER BY subject LIMIT :atMost")
                .param("nationalId", nationalId)
                .param("atMost", count)
                .query((rs, row) -> Subject.ofNational(rs.getString("subject")).orElseThrow())
                .list();
    }

    private static Stream<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return Stream.of((String[]) array.getArray());
    }
}
