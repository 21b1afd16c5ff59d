package fr.sas.hub.intake;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts what vendors do right and wrong in memory, and writes the counts in bulk every few seconds and when the hub
 * stops. A hub that is killed loses only the last few seconds of counts.
 */
@Component
class Tallies {

    private static final Logger LOG = LoggerFactory.getLogger(Tallies.class);

    private static final String BROKEN = """
            INSERT INTO intake_rejection_count AS c (day, source, code, count, last_seen, path, value, excerpt)
            SELECT n.day, n.source, n.code, n.count, n.last_seen, n.path, nullif(n.value, ''), nullif(n.excerpt, '')
            FROM unnest(:days::date[], :sources::text[], :codes::text[], :counts::bigint[], :lastSeen::timestamptz[],
                   :paths::text[], :values::text[], :excerpts::text[])
                 AS n(day, source, code, count, last_seen, path, value, excerpt)
            ORDER BY n.day, n.source, n.code
            ON CONFLICT (day, source, code) DO UPDATE
            SET count = c.count + excluded.count, last_seen = greatest(c.last_seen, excluded.last_seen),
                path = excluded.path, value = excluded.value, excerpt = excluded.excerpt
            """;
    private static final String READ = """
            INSERT INTO intake_read_count AS c (day, source, deliveries, accepted, withheld, rejected)
            SELECT * FROM unnest(:days::date[], :sources::text[], :deliveries::bigint[], :accepted::bigint[], :withheld::bigint[],
                   :rejected::bigint[])
                 AS n(day, source, deliveries, accepted, withheld, rejected)
            ORDER BY n.day, n.source
            ON CONFLICT (day, source) DO UPDATE
            SET deliveries = c.deliveries + excluded.deliveries,
                accepted = c.accepted + excluded.accepted, withheld = c.withheld + excluded.withheld,
                rejected = c.rejected + excluded.rejected
            """;

    private final JdbcClient jdbc;
    private final RejectionDays days;
    private final Object lock = new Object();
    private Map<Tally.TallyKey, Tally> tallies = new HashMap<>();

    Tallies(JdbcClient jdbc, RejectionDays days) {
        this.jdbc = jdbc;
        this.days = days;
    }

    void count(Tally.TallyKey of, DeliveryFindings findings, Instant at) {
        if (!findings.isEmpty()) {
            synchronized (lock) {
                tallies.computeIfAbsent(of, o -> new Tally()).add(findings, at);
            }
        }
    }

    void count(Tally.TallyKey of, Tally.Volume volume) {
        synchronized (lock) {
            tallies.computeIfAbsent(of, o -> new Tally()).add(volume);
        }
    }

    /** Writes what was counted since the last time; it is kept while the database does not answer. */
    @Scheduled(fixedDelayString = "${hub.intake.count-every:5s}")
    @PreDestroy
    void flush() {
        Map<Tally.TallyKey, Tally> due;
        synchronized (lock) {
            due = tallies;
            tallies = new HashMap<>();
        }
        if (due.isEmpty()) {
            return;
        }
        try {
            write(due);
        } catch (DataAccessException e) {
            LOG.warn("Counts of vendors' faults are kept in memory until the database answers: {}", e.toString());
            putBack(due);
        }
    }

    private void putBack(Map<Tally.TallyKey, Tally> due) {
        synchronized (lock) {
            Map<Tally.TallyKey, Tally> later = tallies;
            tallies = due;
            later.forEach(
                    (of, tally) -> tallies.computeIfAbsent(of, o -> new Tally()).add(tally));
        }
    }

    private record Line(Tally.TallyKey of, Rule rule, Tally.BrokenRuleCount broken) {
        Finding example() {
            return broken.example();
        }
    }

    private void write(Map<Tally.TallyKey, Tally> due) {
        due.keySet().forEach(of -> days.ensure(of.day()));
        List<Tally.TallyKey> keys = List.copyOf(due.keySet());
        List<Line> lines = new ArrayList<>();
        due.forEach((of, tally) -> tally.broken().forEach((rule, broken) -> lines.add(new Line(of, rule, broken))));
        if (!lines.isEmpty()) {
            jdbc.sql(BROKEN)
                    .param("days", column(lines, line -> line.of().day()))
                    .param("sources", column(lines, line -> line.of().source().name()))
                    .param("codes", column(lines, line -> line.rule().id()))
                    .param("counts", column(lines, line -> line.broken().count()))
                    .param("lastSeen", column(lines, line -> line.broken().lastSeen()))
                    .param("paths", column(lines, line -> orEmpty(line.example().path())))
                    .param(
                            "values",
                            column(lines, line -> orEmpty(line.example().value())))
                    .param(
                            "excerpts",
                            column(lines, line -> orEmpty(line.example().excerpt())))
                    .update();
        }
        Function<Function<Tally.Volume, Long>, String[]> volumes =
                number -> column(keys, of -> number.apply(volume(due, of)));
        jdbc.sql(READ)
                .param("days", column(keys, Tally.TallyKey::day))
                .param("sources", column(keys, of -> of.source().name()))
                .param("deliveries", volumes.apply(Tally.Volume::deliveries))
                .param("accepted", volumes.apply(Tally.Volume::accepted))
                .param("withheld", volumes.apply(Tally.Volume::withheld))
                .param("rejected", volumes.apply(Tally.Volume::rejected))
                .update();
    }

    private static Tally.Volume volume(Map<Tally.TallyKey, Tally> due, Tally.TallyKey of) {
        Tally tally = due.get(of);
        return tally == null ? Tally.Volume.NONE : tally.volume();
    }

    /** As strings, which PostgreSQL parses into the types the statement casts them to. */
    private static <T> String[] column(List<T> lines, Function<T, Object> value) {
        return lines.stream().map(value).map(Object::toString).toArray(String[]::new);
    }

    /** PostgreSQL text cannot contain NUL. */
    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
