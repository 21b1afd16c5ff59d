package fr.sas.hub.delivery;

import fr.sas.hub.database.DailyPartitions;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.Vendors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Every delivery as received, compressed, in one table partition a day, so that it can be explained and replayed. */
@Repository
public class Deliveries {

    private static final Duration LOOKING_BACK = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final DailyPartitions days;
    private final Vendors vendors;
    private final ConnectorSettings settings;
    private final Clock clock;

    Deliveries(JdbcTemplate jdbc, DailyPartitions days, Vendors vendors, ConnectorSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.vendors = vendors;
        this.settings = settings;
        this.clock = clock;
    }

    public void keep(Delivery delivery) {
        Answer.Trouble trouble = switch (delivery.answer()) {
            case Answer.Complete complete -> null;
            case Answer.Partial partial -> partial.trouble();
            case Answer.Failed failed -> failed.trouble();
        };
        byte[][] pages = delivery.pages().stream().map(Deliveries::zipped).toArray(byte[][]::new);
        jdbc.update(
                """
                INSERT INTO connector_delivery (id, fetched_at, source, flow, asked, window_from, window_to, took_ms, answer,
                  trouble, detail, bytes, pages, quirks, trial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
                pages,
                delivery.quirks().stream().map(Enum::name).sorted().toArray(String[]::new),
                delivery.trial());
    }

    /** When the last request that the source answered completely was sent, by any node; empty when none is stored. */
    public Optional<Instant> lastComplete(Source source) {
        return jdbc.queryForList("""
                        SELECT fetched_at FROM connector_delivery WHERE source = ? AND answer = 'COMPLETE'
                        ORDER BY fetched_at DESC LIMIT 1""", Timestamp.class, source.name()).stream()
                .findFirst()
                .map(Timestamp::toInstant);
    }

    /** A delivery as received; empty when it is unknown or already dropped. */
    public Optional<Delivery> find(UUID id) {
        Timestamp[] span = DeliveryRows.spanOf(id);
        return jdbc
                .query(
                        "SELECT * FROM connector_delivery WHERE id = ? AND fetched_at BETWEEN ? AND ?",
                        (rs, row) -> DeliveryRows.delivery(rs),
                        id,
                        span[0],
                        span[1])
                .stream()
                .findFirst();
    }

    /** A delivery of this vendor as received, to be read according to the vendor's current descriptor. */
    public Optional<Delivery> forReplay(Source vendor, UUID id) {
        return vendors.descriptor(vendor)
                .flatMap(today -> find(id).filter(delivery -> delivery.source().equals(vendor))
                        .map(delivery -> new Delivery(
                                delivery.id(),
                                delivery.source(),
                                delivery.flow(),
                                delivery.asked(),
                                delivery.window(),
                                delivery.fetchedAt(),
                                delivery.took(),
                                delivery.answer(),
                                delivery.pages(),
                                today.quirks(),
                                !today.shown())));
    }

    /**
     * Newest first.
     *
     * @param about only those whose request included this subject; null: all
     * @param span of their instants, both ends inclusive
     * @param before only those older than this one; null: from the newest
     */
    public List<DeliverySummary> list(
            Source vendor, @Nullable Subject about, Window span, @Nullable UUID before, int atMost) {
        Timestamp to = before == null ? Timestamp.from(span.to()) : DeliveryRows.spanOf(before)[1];
        return jdbc.query(
                """
                SELECT id, source, flow, asked, window_from, window_to, fetched_at, took_ms, answer, trouble, detail, bytes,
                  cardinality(pages) AS page_count, trial FROM connector_delivery
                WHERE source = ? AND fetched_at >= ? AND fetched_at <= ? AND (?::uuid IS NULL OR id < ?)
                AND (?::text IS NULL OR asked @> ARRAY[?]::text[])
                ORDER BY fetched_at DESC, id DESC LIMIT ?""",
                (rs, row) -> DeliveryRows.summary(rs),
                vendor.name(),
                Timestamp.from(span.from()),
                to.before(Timestamp.from(span.to())) ? to : Timestamp.from(span.to()),
                before,
                before,
                about == null ? null : about.value(),
                about == null ? null : about.value(),
                atMost);
    }

    /** The time of the request of the vendor's oldest stored delivery; empty when there is none. */
    public Optional<Instant> oldest(Source vendor) {
        return Optional.ofNullable(jdbc.queryForObject(
                        "SELECT min(fetched_at) FROM connector_delivery WHERE source = ?",
                        Timestamp.class,
                        vendor.name()))
                .map(Timestamp::toInstant);
    }

    /**
     * The last answer of each of these vendors about the subject up to this instant, within the preceding day; failures
     * are excluded.
     */
    public List<Delivery> latestAbout(Subject subject, Collection<Source> vendors, Instant by) {
        return vendors.stream()
                .flatMap(vendor -> jdbc
                        .query(
                                """
                                SELECT * FROM connector_delivery WHERE source = ? AND fetched_at > ? AND fetched_at <= ?
                                AND asked @> ARRAY[?]::text[] AND answer <> 'FAILED' ORDER BY fetched_at DESC LIMIT 1""",
                                (rs, row) -> DeliveryRows.delivery(rs),
                                vendor.name(),
                                Timestamp.from(by.minus(LOOKING_BACK)),
                                Timestamp.from(by),
                                subject.value())
                        .stream())
                .toList();
    }

    /** Creates partitions ahead, so that no delivery waits for one, and drops old ones, never deleting row by row. */
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
}
