package fr.sas.hub.connector;

import fr.sas.hub.database.DailyPartitions;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Every delivery as it came, compressed, one table partition a day; so that it can be explained and replayed. */
@Repository
public class Deliveries {

    private final JdbcTemplate jdbc;
    private final DailyPartitions days;
    private final ConnectorSettings settings;
    private final Clock clock;

    Deliveries(JdbcTemplate jdbc, DailyPartitions days, ConnectorSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.settings = settings;
        this.clock = clock;
    }

    void keep(Delivery delivery) {
        Answer.Trouble trouble = switch (delivery.answer()) {
            case Answer.Complete complete -> null;
            case Answer.Partial partial -> partial.trouble();
            case Answer.Failed failed -> failed.trouble();
        };
        byte[][] pages = delivery.pages().stream().map(Deliveries::zipped).toArray(byte[][]::new);
        jdbc.update(
                "INSERT INTO connector_delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                delivery.id(),
                Timestamp.from(delivery.fetchedAt()),
                delivery.source().name(),
                delivery.flow().name(),
                delivery.asked().stream()
                        .map(subject -> subject.value())
                        .sorted()
                        .toArray(String[]::new),
                Timestamp.from(delivery.window().from()),
                Timestamp.from(delivery.window().to()),
                (int) delivery.took().toMillis(),
                delivery.answer().getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT),
                trouble == null ? null : trouble.kind().name(),
                trouble == null ? null : trouble.detail(),
                delivery.pages().stream().mapToLong(page -> page.length).sum(),
                pages);
    }

    /** When the last question that a source answered completely was sent, by any node; empty when none is kept. */
    Optional<Instant> lastComplete(Source source) {
        return jdbc.queryForList("""
                        SELECT fetched_at FROM connector_delivery WHERE source = ? AND answer = 'COMPLETE'
                        ORDER BY fetched_at DESC LIMIT 1""", Timestamp.class, source.name()).stream()
                .findFirst()
                .map(Timestamp::toInstant);
    }

    /** The pages of a delivery as they came; empty when it is unknown or already dropped. */
    public Optional<List<byte[]>> pagesOf(UUID id) {
        return jdbc
                .query(
                        "SELECT pages FROM connector_delivery WHERE id = ?",
                        (rs, row) -> java.util.Arrays.stream(
                                        (byte[][]) rs.getArray(1).getArray())
                                .map(Deliveries::unzipped)
                                .toList(),
                        id)
                .stream()
                .findFirst();
    }

    /** Partitions are made ahead, so that no delivery waits for one, and dropped when they are old: never a row by row. */
    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turnThePage() {
        Instant now = clock.instant();
        days.turn("connector_delivery", dayOf(now), dayOf(now.minus(settings.keepDeliveries())));
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static byte[] zipped(byte[] page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.length / 8 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] unzipped(byte[] page) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
