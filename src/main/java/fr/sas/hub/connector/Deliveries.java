package fr.sas.hub.connector;

import fr.sas.hub.slot.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Every delivery as it came, compressed, one table partition a day; so that it can be explained and replayed. */
@Repository
public class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int DAYS_AHEAD = 2;

    private final JdbcTemplate jdbc;
    private final ConnectorSettings settings;
    private final Clock clock;

    Deliveries(JdbcTemplate jdbc, ConnectorSettings settings, Clock clock) {
        this.jdbc = jdbc;
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
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 7 * * * *", zone = "UTC")
    void turnThePage() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            try {
                jdbc.execute("CREATE TABLE IF NOT EXISTS connector_delivery_" + DAY.format(day)
                        + " PARTITION OF connector_delivery FOR VALUES FROM ('" + day + "Z') TO ('" + day.plusDays(1)
                        + "Z')");
            } catch (org.springframework.dao.DataAccessException e) {
                log.warn("No partition for the deliveries of {}; they go to the rest: {}", day, e.getMessage());
            }
        }
        Instant oldest = clock.instant().minus(settings.keepDeliveries());
        String last = DAY.format(LocalDate.ofInstant(oldest, ZoneOffset.UTC));
        jdbc.queryForList("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'connector_delivery'::regclass AND c.relname ~ '_[0-9]{8}$' AND right(c.relname, 8) < ?""", String.class, last).forEach(partition -> jdbc.execute("DROP TABLE " + partition));
        jdbc.update("DELETE FROM connector_delivery_rest WHERE fetched_at < ?", Timestamp.from(oldest));
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
