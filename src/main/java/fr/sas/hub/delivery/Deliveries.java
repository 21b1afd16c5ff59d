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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Every delivery as received, compressed, in one table partition a day, so that it can be explained and replayed. */
@Repository
public class Deliveries {

    private static final Duration LOOKING_BACK = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final DailyPartitions days;
    private final Vendors vendors;
    private final ConnectorSettings settings;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, DailyPartitions days, Vendors vendors, ConnectorSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.vendors = vendors;
        this.settings = settings;
        this.clock = clock;
    }

    public void save(Delivery delivery) {
        Answer.Trouble trouble = switch (delivery.answer()) {
            case Answer.Complete complete -> null;
            case Answer.Partial partial -> partial.trouble();
            case Answer.Failed failed -> failed.trouble();
        };
        byte[][] pages = delivery.pages().stream().map(Deliveries::zipped).toArray(byte[][]::new);
        jdbc.sql("""
                        INSERT INTO connector_delivery (id, fetched_at, source, flow, asked, window_from, window_to,
                          took_ms, answer, trouble, detail, bytes, pages, quirks, trial)
                        VALUES (:id, :fetchedAt, :source, :flow, :asked, :windowFrom, :windowTo,
                          :tookMillis, :answer, :trouble, :detail, :bytes, :pages, :quirks, :trial)""")
                .param("id", delivery.id())
                .param("fetchedAt", Timestamp.from(delivery.fetchedAt()))
                .param("source", delivery.source().name())
                .param("flow", delivery.flow().name())
                .param(
                        "asked",
                        delivery.asked().stream()
                                .map(subject -> subject.value())
                                .sorted()
                                .toArray(String[]::new))
                .param("windowFrom", Timestamp.from(delivery.window().from()))
                .param("windowTo", Timestamp.from(delivery.window().to()))
                .param("tookMillis", (int) delivery.took().toMillis())
                .param("answer", delivery.answer().getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT))
                .param("trouble", trouble == null ? null : trouble.kind().name())
                .param("detail", trouble == null ? null : trouble.detail())
                .param(
                        "bytes",
                        delivery.pages().stream().mapToLong(page -> page.length).sum())
                .param("pages", pages)
                .param(
                        "quirks",
                        delivery.quirks().stream().map(Enum::name).sorted().toArray(String[]::new))
                .param("trial", delivery.trial())
                .update();
    }

    /** When the last request that the source answered completely was sent, by any node; empty when none is stored. */
    public Optional<Instant> lastComplete(Source source) {
        return jdbc.sql("""
                        SELECT fetched_at FROM connector_delivery WHERE source = :source AND answer = 'COMPLETE'
                        ORDER BY fetched_at DESC LIMIT 1""")
                .param("source", source.name())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** A delivery as received; empty when it is unknown or already dropped. */
    public Optional<Delivery> find(UUID id) {
        Timestamp[] span = DeliveryRows.spanOf(id);
        return jdbc.sql("SELECT * FROM connector_delivery WHERE id = :id AND fetched_at BETWEEN :from AND :to")
                .param("id", id)
                .param("from", span[0])
                .param("to", span[1])
                .query((rs, row) -> DeliveryRows.delivery(rs))
                .optional();
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
        return jdbc.sql("""
                        SELECT id, source, flow, asked, window_from, window_to, fetched_at, took_ms, answer, trouble,
                          detail, bytes, cardinality(pages) AS page_count, trial FROM connector_delivery
                        WHERE source = :vendor AND fetched_at >= :from AND fetched_at <= :to
                        AND (:before::uuid IS NULL OR id < :before)
                        AND (:about::text IS NULL OR asked @> ARRAY[:about]::text[])
                        ORDER BY fetched_at DESC, id DESC LIMIT :atMost""")
                .param("vendor", vendor.name())
                .param("from", Timestamp.from(span.from()))
                .param("to", to.before(Timestamp.from(span.to())) ? to : Timestamp.from(span.to()))
                .param("before", before)
                .param("about", about == null ? null : about.value())
                .param("atMost", atMost)
                .query((rs, row) -> DeliveryRows.summary(rs))
                .list();
    }

    /** The time of the request of the vendor's oldest stored delivery; empty when there is none. */
    public Optional<Instant> oldest(Source vendor) {
        return jdbc.sql("SELECT min(fetched_at) FROM connector_delivery WHERE source = :vendor")
                .param("vendor", vendor.name())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /**
     * The last answer of each of these vendors about the subject up to this instant, within the preceding day; failures
     * are excluded.
     */
    public List<Delivery> latestAbout(Subject subject, Collection<Source> vendors, Instant by) {
        return vendors.stream()
                .flatMap(vendor -> jdbc
                        .sql("""
                                SELECT * FROM connector_delivery WHERE source = :vendor AND fetched_at > :from AND fetched_at <= :by
                                AND asked @> ARRAY[:subject]::text[] AND answer <> 'FAILED'
                                ORDER BY fetched_at DESC LIMIT 1""")
                        .param("vendor", vendor.name())
                        .param("from", Timestamp.from(by.minus(LOOKING_BACK)))
                        .param("by", Timestamp.from(by))
                        .param("subject", subject.value())
                        .query((rs, row) -> DeliveryRows.delivery(rs))
                        .list()
                        .stream())
                .toList();
    }

    /** Creates partitions ahead, so that no delivery waits for one, and drops old ones, never deleting row by row. */
    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turnThePage() {
        Instant now = clock.instant();
        days.rotate("connector_delivery", dayOf(now), dayOf(now.minus(settings.keepDeliveries())));
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
