package fr.sas.hub.intake;

import fr.sas.hub.connector.Delivery;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What was found wrong with vendors' deliveries: counted per day and kind with an example, the latest kept whole. */
@Service
public class Rejections {

    private static final String RECORD = """
            WITH kept AS (
                INSERT INTO intake_rejection (day, at, source, delivery, code, path, value, excerpt)
                SELECT ?, ?, ?, ?, k.code, k.path, nullif(k.value, ''), nullif(k.excerpt, '')
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS k(code, path, value, excerpt))
            INSERT INTO intake_rejection_count AS c (day, source, code, count, last_seen, path, value, excerpt)
            SELECT ?, ?, n.code, n.count, ?, n.path, nullif(n.value, ''), nullif(n.excerpt, '')
            FROM unnest(?::text[], ?::int[], ?::text[], ?::text[], ?::text[]) AS n(code, count, path, value, excerpt)
            ORDER BY n.code
            ON CONFLICT (day, source, code) DO UPDATE
            SET count = c.count + excluded.count, last_seen = greatest(c.last_seen, excluded.last_seen),
                path = excluded.path, value = excluded.value, excerpt = excluded.excerpt
            """;

    private final JdbcTemplate jdbc;
    private final RejectionDays days;
    private final Clock clock;

    Rejections(JdbcTemplate jdbc, RejectionDays days, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.clock = clock;
    }

    /** How often something was found on one day (Europe/Paris), with its latest example. */
    public record Count(
            LocalDate day,
            RejectionCode code,
            long count,
            Instant lastSeen,
            String path,
            String sentence,
            String sentenceInFrench,
            String excerpt) {}

    /** One thing found wrong in one delivery. */
    public record Found(
            Instant at,
            UUID delivery,
            RejectionCode code,
            String path,
            String sentence,
            String sentenceInFrench,
            String excerpt) {}

    /** One statement for the whole delivery; none when nothing was wrong. */
    void record(Delivery delivery, Findings findings) {
        if (findings.isEmpty()) {
            return;
        }
        Timestamp at = Timestamp.from(clock.instant());
        LocalDate day = clock.instant().atZone(PlaceZones.MAINLAND).toLocalDate();
        days.ensure(day);
        String source = delivery.source().name();
        List<Rejection> kept = findings.kept();
        List<RejectionCode> codes = List.copyOf(findings.counts().keySet());
        List<Rejection> examples = codes.stream().map(findings.examples()::get).toList();
        jdbc.update(
                RECORD,
                day,
                at,
                source,
                delivery.id(),
                texts(kept.stream().map(r -> r.code().name()).toList()),
                texts(kept.stream().map(Rejection::path).toList()),
                texts(kept.stream().map(r -> plain(r.value())).toList()),
                texts(kept.stream().map(Rejection::excerpt).toList()),
                day,
                source,
                at,
                texts(codes.stream().map(Enum::name).toList()),
                codes.stream().map(findings.counts()::get).toArray(Integer[]::new),
                texts(examples.stream().map(Rejection::path).toList()),
                texts(examples.stream().map(r -> plain(r.value())).toList()),
                texts(examples.stream().map(Rejection::excerpt).toList()));
    }

    /** What an earlier reading of the delivery found counts no more. */
    void takeBack(Delivery delivery, Readings.Count before) {
        if (before.codes().isEmpty()) {
            return;
        }
        LocalDate day = before.readAt().atZone(PlaceZones.MAINLAND).toLocalDate();
        jdbc.update("DELETE FROM intake_rejection WHERE day = ? AND delivery = ?", day, delivery.id());
        List<RejectionCode> codes = before.codes().keySet().stream().sorted().toList();
        jdbc.update(
                """
                UPDATE intake_rejection_count c SET count = greatest(0, c.count - n.count)
                FROM unnest(?::text[], ?::int[]) AS n (code, count)
                WHERE c.day = ? AND c.source = ? AND c.code = n.code""",
                codes.stream().map(Enum::name).toArray(String[]::new),
                codes.stream().map(before.codes()::get).toArray(Integer[]::new),
                day,
                delivery.source().name());
        jdbc.update(
                "DELETE FROM intake_rejection_count WHERE day = ? AND source = ? AND count = 0",
                day,
                delivery.source().name());
    }

    private static String plain(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    /** PostgreSQL text holds no NUL. */
    private static String[] texts(List<String> texts) {
        return texts.stream().map(text -> text.replace('\0', ' ')).toArray(String[]::new);
    }

    /** The counts of the last so many days, newest day first. */
    public List<Count> counts(Source source, int lastDays) {
        LocalDate from =
                clock.instant().atZone(PlaceZones.MAINLAND).toLocalDate().minusDays(lastDays - 1L);
        return jdbc.query(
                "SELECT * FROM intake_rejection_count WHERE source = ? AND day >= ? ORDER BY day DESC, count DESC, code",
                (row, i) -> {
                    RejectionCode code = RejectionCode.valueOf(row.getString("code"));
                    String value = row.getString("value");
                    return new Count(
                            row.getObject("day", LocalDate.class),
                            code,
                            row.getLong("count"),
                            row.getTimestamp("last_seen").toInstant(),
                            row.getString("path"),
                            code.sentence(value),
                            code.sentenceInFrench(value),
                            plain(row.getString("excerpt")));
                },
                source.name(),
                from);
    }

    /** The latest first. */
    public List<Found> latest(Source source, int most) {
        return jdbc.query(
                "SELECT * FROM intake_rejection WHERE source = ? ORDER BY day DESC, at DESC, path LIMIT ?",
                (row, i) -> {
                    RejectionCode code = RejectionCode.valueOf(row.getString("code"));
                    String value = row.getString("value");
                    return new Found(
                            row.getTimestamp("at").toInstant(),
                            row.getObject("delivery", UUID.class),
                            code,
                            row.getString("path"),
                            code.sentence(value),
                            code.sentenceInFrench(value),
                            plain(row.getString("excerpt")));
                },
                source.name(),
                most);
    }
}
