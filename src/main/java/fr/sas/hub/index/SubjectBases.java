package fr.sas.hub.index;

import fr.sas.hub.database.Columns;
import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Tells whether anything a subject's rendering depends on has changed, without rendering it. A front door of the room. */
@Service
public class SubjectBases {

    private final JdbcClient jdbc;
    private final SourceFreshnessPolicy freshness;
    private final FreshnessSettings settings;

    SubjectBases(JdbcClient jdbc, SourceFreshnessPolicy freshness, FreshnessSettings settings) {
        this.jdbc = jdbc;
        this.freshness = freshness;
        this.settings = settings;
    }

    /**
     * The basis of each of these subjects, known or not; anything read afterwards is at least as new.
     *
     * @param now the instant at which the freshness of sources is judged; must not be later than the rendering, or a source
     *     that ages in between would count as rendered
     */
    public Map<Subject, SubjectBasis> of(Collection<? extends Subject> subjects, Instant now) {
        Map<String, Subject> byValue = subjects.stream().distinct().collect(Collectors.toMap(Subject::value, s -> s));
        Map<Subject, SubjectBasis> bases = new HashMap<>();
        jdbc.sql("""
                        SELECT s AS subject, e.epoch, coalesce(v.version, 0) AS version, w.source, w.confirmed_at,
                          EXISTS (SELECT FROM index_slot l WHERE l.subject = s AND l.source = w.source) AS has_slots
                        FROM unnest(:subjects) s CROSS JOIN (SELECT epoch FROM index_epoch LIMIT 1) e
                        LEFT JOIN LATERAL (SELECT version FROM index_version WHERE subject = s OFFSET 0) v ON true
                        LEFT JOIN LATERAL (
                          SELECT source, confirmed_at FROM index_word WHERE subject = s OFFSET 0) w ON true
                        ORDER BY s, w.source""").param("subjects", byValue.keySet().toArray(String[]::new)).query(rs -> {
            Subject subject = Objects.requireNonNull(byValue.get(rs.getString("subject")));
            SubjectBasis none =
                    new SubjectBasis(new ReadySubjects.Stamp(rs.getLong("epoch"), rs.getLong("version")), "", null);
            SubjectBasis before = bases.getOrDefault(subject, none);
            String source = rs.getString("source");
            bases.put(
                    subject,
                    source == null
                            ? before
                            : and(
                                    before,
                                    new Source(source),
                                    Columns.instant(rs, "confirmed_at"),
                                    rs.getBoolean("has_slots"),
                                    now));
        });
        return bases;
    }

    /** A source without slots here matters only if it must not be heard at all: it may have named places. */
    private SubjectBasis and(
            SubjectBasis before, Source source, @Nullable Instant confirmedAt, boolean hasSlots, Instant now) {
        SourceFreshness current = freshness.of(source, confirmedAt, now);
        if (!hasSlots && current != SourceFreshness.SILENT) {
            return before;
        }
        return new SubjectBasis(
                before.stamp(),
                before.standings() + source.name() + ":" + current + " ",
                earlier(before.until(), source.isAgenda() ? null : end(current, confirmedAt)));
    }

    private @Nullable Instant end(SourceFreshness current, @Nullable Instant confirmedAt) {
        if (confirmedAt == null) {
            return null;
        }
        return switch (current) {
            case FRESH -> confirmedAt.plus(settings.unverifiedAfter());
            case UNVERIFIED -> confirmedAt.plus(settings.hiddenAfter());
            case HIDDEN, SILENT -> null;
        };
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }
}
