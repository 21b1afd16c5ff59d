package fr.sas.hub.bench;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** All that a question costs: claimed, asked in its turn, kept as it came, indexed, released. */
final class AskedOverHttp {

    private static final String VENDOR = "bench-asked";
    private static final int ASKED = 250;
    private static final int PER_DELIVERY = 25;
    /** Each subject is asked for some times before it counts, so that the answers repeat themselves. */
    private static final int DELIVERIES_BEFORE = 50;

    private static final int DELIVERIES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String KEPT =
            "sum(pg_total_relation_size(relid)) FROM pg_partition_tree('connector_delivery') WHERE isleaf";
    private static final String SLOTS = "count(*) FROM index_slot WHERE source = '" + VENDOR + "'";
    private static final String TARGETS = "count(*) FROM connector_target WHERE source = '" + VENDOR + "'";

    private AskedOverHttp() {}

    /** @param node of this process, and the only one so far */
    static void measure(ApplicationContext node, JdbcTemplate jdbc, Path connectors) throws InterruptedException {
        VendorBook book = book();
        DatabaseCost.Idle idle = DatabaseCost.idle(jdbc);
        MeterRegistry meters = node.getBean(MeterRegistry.class);
        try (FakeVendor vendor = aFakeVendor(VENDOR, book).start()) {
            Descriptor.of(VENDOR)
                    .at(vendor.baseUrl())
                    .roster(book.doctors().keySet().toArray(String[]::new))
                    .poll("every: 1s")
                    .poll("idleEvery: 1s")
                    .poll("maxRequestsPerSecond: 20")
                    .dropInto(connectors);
            awaitAnswers(meters, DELIVERIES_BEFORE);
            long answersBefore = answers(meters);
            long keptBefore = DatabaseCost.number(jdbc, KEPT);
            DatabaseCost before = DatabaseCost.by(jdbc);
            awaitAnswers(meters, answersBefore + DELIVERIES);
            DatabaseCost after = DatabaseCost.by(jdbc);
            long deliveries = answers(meters) - answersBefore;
            long slotsEach = DatabaseCost.number(jdbc, SLOTS) * PER_DELIVERY / ASKED;
            after.print(
                    "asked over HTTP, unchanged but for the time", before, idle, deliveries, deliveries * slotsEach);
            System.out.printf(
                    "on disk: %d bytes a delivery, kept as it came%n",
                    (DatabaseCost.number(jdbc, KEPT) - keptBefore) / deliveries);
            Descriptor.of(VENDOR).removeFrom(connectors);
            awaitNoTargets(jdbc);
        }
    }

    private static VendorBook book() {
        return VendorBook.of(IntStream.range(0, ASKED)
                .mapToObj(i -> new VendorBook.Doctor(
                        Generator.nationalId(700_000 + i),
                        "NOM" + i,
                        "Camille",
                        List.of("SM54"),
                        List.of(new VendorBook.Office(
                                List.of("175%07d".formatted(700_000 + i)), "1 rue des Lilas", "75011", "PARIS", ""))))
                .toList());
    }

    private static void awaitAnswers(MeterRegistry meters, long many) throws InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE, VENDOR + " has answered " + many + " times");
        while (answers(meters) < many) {
            deadline.pause();
        }
    }

    /** The vendor is no longer asked for anybody. */
    private static void awaitNoTargets(JdbcTemplate jdbc) throws InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE, VENDOR + " is asked for nobody");
        while (DatabaseCost.number(jdbc, TARGETS) > 0) {
            deadline.pause();
        }
    }

    /** Questions that were answered completely. */
    private static long answers(MeterRegistry meters) {
        return meters.find("hub.vendor.requests").tag("vendor", VENDOR).tag("outcome", "complete").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
