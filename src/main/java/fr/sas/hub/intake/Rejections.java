package fr.sas.hub.intake;

import fr.sas.hub.database.Columns;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.slot.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What was found wrong in vendors' deliveries: counted per day and kind with an example; the latest are stored in full.
 */
@Service
public class Rejections {

    private static final String KEEP = """
            INSERT INTO intake_rejection (day, at, source, delivery, code, path, value, excerpt)
            SELECT :day, :now, :source, :delivery, k.code, k.path, nullif(k.value, ''), nullif(k.excerpt, '')
            FROM unnest(:codes::text[], :paths::text[], :values::text[], :excerpts::text[]) AS k(code, path, value, excerpt)
            """;

    private final JdbcClient jdbc;
    private final RejectionDays days;
    private final Tallies tallies;
    private final Clock clock;

    Rejections(JdbcClient jdbc, RejectionDays days, Tallies tallies, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.tallies = tallies;
        this.clock = clock;
    }

    /** How often something was found on one day (Europe/Paris), with its latest example. */
    public record Count(
            LocalDate day,
            Rule code,
            long count,
            Instant lastSeen,
            String path,
            String sentence,
            String sentenceInFrench,
            String excerpt) {}

    /** One thing found wrong in one delivery. */
    public record StoredRejection(
            Instant at,
            UUID delivery,
            Rule code,
            String path,
            String sentence,
            String sentenceInFrench,
            String excerpt) {}

    /** One statement for the whole delivery; none if nothing was wrong. */
    void record(Delivery delivery, DeliveryFindings findings) {
        if (findings.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        LocalDate day = today();
        days.ensure(day);
        tallies.count(new Tally.TallyKey(day, delivery.source()), findings, now);
        List<Finding> kept = findings.retained();
        if (kept.isEmpty()) {
            return;
        }
        jdbc.sql(KEEP)
                .param("day", day)
                .param("now", Timestamp.from(now))
                .param("source", delivery.source().name())
                .param("delivery", delivery.id())
                .param(
                        "codes",
                        texts(kept.stream().map(found -> found.rule().id()).toList()))
                .param("paths", texts(kept.stream().map(Finding::path).toList()))
                .param("values", texts(kept.stream().map(Finding::value).toList()))
                .param("excerpts", texts(kept.stream().map(Finding::excerpt).toList()))
                .update();
    }

    /** Uncounts what an earlier reading of the delivery found. */
    void takeBack(Delivery delivery, ReadingCounts.Count before) {
        if (before.codes().isEmpty()) {
            return;
        }
        tallies.flush();
        LocalDate day = before.readAt().atZone(PlaceZones.MAINLAND).toLocalDate();
        jdbc.sql("DELETE FROM intake_rejection WHERE day = :day AND delivery = :delivery")
                .param("day", day)
                .param("delivery", delivery.id())
                .update();
        List<String> codes = before.codes().keySet().stream().sorted().toList();
        jdbc.sql("""
                        UPDATE intake_rejection_count c SET count = greatest(0, c.count - n.count)
                        FROM unnest(:codes::text[], :counts::int[]) AS n (code, count)
                        WHERE c.day = :day AND c.source = :source AND c.code = n.code""")
                .param("codes", codes.toArray(String[]::new))
                .param("counts", codes.stream().map(before.codes()::get).toArray(Integer[]::new))
                .param("day", day)
                .param("source", delivery.source().name())
                .update();
        jdbc.sql("DELETE FROM intake_rejection_count WHERE day = :day AND source = :source AND count = 0")
                .param("day", day)
                .param("source", delivery.source().name())
                .update();
    }

    /** Counts what was read from one delivery. */
    void recordVolume(Source source, Tally.Volume volume) {
        tallies.count(new Tally.TallyKey(today(), source), volume);
    }

    private LocalDate today() {
        return clock.instant().atZone(PlaceZones.MAINLAND).toLocalDate();
    }

    private static String plain(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String[] texts(List<String> texts) {
        return texts.stream().map(Tallies::orEmpty).toArray(String[]::new);
    }

    /** The counts of the last days, newest first; this node's are complete up to now. */
    public List<Count> counts(Source source, int lastDays) {
        tallies.flush();
        return jdbc
                .sql("SELECT * FROM intake_rejection_count WHERE source = :source AND day >= :from"
                        + " ORDER BY day DESC, count DESC, code")
                .param("source", source.name())
                .param("from", today().minusDays(lastDays - 1L))
                .query((row, i) -> count(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Count> count(ResultSet row) throws SQLException {
        Rule rule = Rules.find(row.getString("code")).orElse(null);
        return rule == null
                ? Optional.empty()
                : Optional.of(new Count(
                        row.getObject("day", LocalDate.class),
                        rule,
                        row.getLong("count"),
                        Columns.requiredInstant(row, "last_seen"),
                        row.getString("path"),
                        rule.sentence(row.getString("value")),
                        rule.sentenceInFrench(row.getString("value")),
                        plain(row.getString("excerpt"))));
    }

    /** What was read in the last days. */
    Tally.Volume volume(Source source, int lastDays) {
        tallies.flush();
        return jdbc
                .sql("SELECT deliveries, accepted, withheld, rejected FROM intake_read_count"
                        + " WHERE source = :source AND day >= :from")
                .param("source", source.name())
                .param("from", today().minusDays(lastDays - 1L))
                .query((row, i) -> new Tally.Volume(
                        row.getLong("deliveries"),
                        row.getLong("accepted"),
                        row.getLong("withheld"),
                        row.getLong("rejected")))
                .list()
                .stream()
                .reduce(Tally.Volume.NONE, Tally.Volume::and);
    }

    /** Rejected slots of each vendor today (Europe/Paris); vendors without any may be missing. */
    public Map<Source, Long> rejectedToday() {
        tallies.flush();
        Map<Source, Long> rejected = new HashMap<>();
        jdbc.sql("SELECT source, rejected FROM intake_read_count WHERE day = :day")
                .param("day", today())
                .query(row -> {
                    rejected.put(new Source(row.getString("source")), row.getLong("rejected"));
                });
        return rejected;
    }

    /** Latest first. */
    public List<StoredRejection> latest(Source source, int most) {
        return jdbc
                .sql(
                        "SELECT * FROM intake_rejection WHERE source = :source ORDER BY day DESC, at DESC, path LIMIT :most")
                .param("source", source.name())
                .param("most", most)
                .query((row, i) -> found(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<StoredRejection> found(ResultSet row) throws SQLException {
        Rule rule = Rules.find(row.getString("code")).orElse(null);
        return rule == null
                ? Optional.empty()
                : Optional.of(new StoredRejection(
                        Columns.requiredInstant(row, "at"),
                        row.getObject("delivery", UUID.class),
                        rule,
                        row.getString("path"),
                        rule.sentence(row.getString("value")),
                        rule.sentenceInFrench(row.getString("value")),
                        plain(row.getString("excerpt"))));
    }
}
