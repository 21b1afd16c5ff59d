package fr.sas.hub.bench;

import fr.sas.hub.HubApplication;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.vendor.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * The hub under measurement: an own database, {@code practitioners × slots} loaded through the real intake, and beside the
 * search a servlet that sends a ready array of the same size. Started by {@code bench/run}; prints its load figures. With
 * {@code bench.again} it starts on what an earlier run left, and loads nothing; with {@code bench.unverified-after=1s}, as after an outage.
 */
public final class BenchHub {

    private static final Path HOME = Path.of("target/bench");
    private static final int PER_DELIVERY = 25;
    private static final int LOADERS = 2;
    private static final int PUSHED = 2_000;
    /** Delivered beforehand, each kind, by a vendor of its own: what is measured then meets compiled code. */
    private static final int WARMING_UP = 1_000;

    private static final int WARM_UPS = 2;
    private static final int WARMING_VENDOR = 0;

    private BenchHub() {}

    /** What fails ends the process, with the hub that runs in it: whoever waits for {@code READY} sees it. */
    public static void main(String[] arguments) {
        try {
            measure();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measure() throws Exception {
        int practitioners = Integer.getInteger("bench.practitioners", 10_000);
        int slots = Integer.getInteger("bench.slots", 20);
        int vendors = Integer.getInteger("bench.vendors", 1);
        if (Boolean.getBoolean("bench.again")) {
            run();
            printStart();
            System.out.println("READY");
            return;
        }
        ConfigurableApplicationContext hub = start(vendors);
        printStart();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Generator generator = new Generator(practitioners, slots, now.plus(Duration.ofHours(1)));
        ProducerTemplate producer = hub.getBean(ProducerTemplate.class);
        boolean everyKind = !Boolean.getBoolean("bench.first-load-only");
        if (everyKind) {
            warmUp(producer, practitioners + 10_000, Math.min(WARMING_UP, practitioners), slots, now);
        }
        load("first load", producer, generator, vendors, now, 0);
        if (everyKind) {
            load("unchanged", producer, generator, vendors, now.plusSeconds(1), 0);
            load("changed", producer, generator, vendors, now.plusSeconds(2), 1);
            Descriptor.of("bench-" + WARMING_VENDOR).removeFrom(HOME.resolve("connectors"));
            new PushLoad(HOME.resolve("connectors"), generator, practitioners + 1_000, Math.min(PUSHED, practitioners))
                    .run();
            new UntilSeen(producer, generator).measure();
            new HungVendor(HOME.resolve("connectors"), hub.getBean(IndexingTimes.class), practitioners).measure();
        }
        int recurrences = Integer.getInteger("bench.recurrences", 1_000);
        if (recurrences > 0) {
            new Recurrences(HubClient.at(8099).as("bench-portal"), hub.getBean(JdbcClient.class)).type(recurrences);
        }
        System.out.printf("READY window=%s/%s%n", now, now.plus(Duration.ofHours(72)));
    }

    /** With nothing known. */
    private static ConfigurableApplicationContext start(int vendors) throws IOException {
        Path connectors = HOME.resolve("connectors");
        FileSystemUtils.deleteRecursively(HOME);
        Files.createDirectories(connectors);
        for (int vendor = WARMING_VENDOR; vendor <= vendors; vendor++) {
            Files.writeString(
                    connectors.resolve("bench-" + vendor + ".yaml"),
                    "vendor: bench-%d\nname: Bench\nstatus: live\nbaseUrl: http://127.0.0.1:9\nflows: [individual]\nroster: []\n"
                            .formatted(vendor));
        }
        return run();
    }

    /** Since the process began, and what all of its threads took until now. */
    private static void printStart() {
        ProcessHandle.Info self = ProcessHandle.current().info();
        System.out.printf(
                "started %.1f s, %.1f CPU seconds%n",
                Duration.between(self.startInstant().orElseThrow(), Instant.now())
                                .toMillis()
                        / 1e3,
                self.totalCpuDuration().orElseThrow().toMillis() / 1e3);
    }

    private static ConfigurableApplicationContext run() {
        SpringApplication application =
                new SpringApplication(HubApplication.class, ReadyArray.class, Peer.class, IndexingTimes.class);
        return application.run(
                "--spring.profiles.active=bench",
                "--hub.data=" + HOME.resolve("data"),
                "--hub.freshness.unverified-after=" + System.getProperty("bench.unverified-after", "12h"),
                "--logging.level.fr.sas.hub.search.RenderingPreparer=info");
    }

    /** @param from number of the first practitioner, whom nobody else delivers */
    private static void warmUp(ProducerTemplate producer, int from, int each, int slots, Instant now) throws Exception {
        for (int again = 0; again < WARM_UPS; again++) {
            int start = from + again * each;
            Generator generator = new Generator(start + each, slots, now.plus(Duration.ofHours(1)));
            load("warming up, first", producer, generator, List.of(WARMING_VENDOR), start, now, 0);
            load("warming up, unchanged", producer, generator, List.of(WARMING_VENDOR), start, now.plusSeconds(1), 0);
            load("warming up, changed", producer, generator, List.of(WARMING_VENDOR), start, now.plusSeconds(2), 1);
        }
    }

    private static void load(
            String name, ProducerTemplate producer, Generator generator, int vendors, Instant fetchedAt, int shift)
            throws Exception {
        List<Integer> all = IntStream.rangeClosed(1, vendors).boxed().toList();
        load(name, producer, generator, all, 0, fetchedAt, shift);
    }

    /**
     * @param start number of the first practitioner
     * @param shift minutes by which every slot moves: another number changes every slot
     */
    private static void load(
            String name,
            ProducerTemplate producer,
            Generator generator,
            List<Integer> vendors,
            int start,
            Instant fetchedAt,
            int shift)
            throws Exception {
        List<Delivery> ready = new ArrayList<>();
        long nanos = 0;
        long slots = 0;
        long bytes = 0;
        try (ExecutorService loaders = Executors.newFixedThreadPool(LOADERS)) {
            for (int vendor : vendors) {
                for (int first = start; first < generator.practitioners(); first += PER_DELIVERY) {
                    ready.add(delivery(generator, vendor, first, fetchedAt, shift));
                    slots += (long) Math.min(PER_DELIVERY, generator.practitioners() - first) * generator.slots();
                    bytes += ready.getLast().pages().getFirst().length;
                    if (ready.size() == 200) {
                        nanos += send(producer, loaders, ready);
                    }
                }
            }
            nanos += send(producer, loaders, ready);
        }
        System.out.printf("%s: %d slots, %.0f MB, %.0f slots/s%n", name, slots, bytes / 1e6, slots / (nanos / 1e9));
    }

    private static long send(ProducerTemplate producer, ExecutorService loaders, List<Delivery> ready)
            throws Exception {
        long began = System.nanoTime();
        List<Future<?>> sent = new ArrayList<>();
        for (Delivery delivery : ready) {
            sent.add(loaders.submit(() -> producer.sendBody("direct:delivery-arrived", delivery)));
        }
        for (Future<?> one : sent) {
            one.get();
        }
        ready.clear();
        return System.nanoTime() - began;
    }

    static Delivery delivery(Generator generator, int vendor, int first, Instant fetchedAt, int shift) {
        Set<Subject> asked = new LinkedHashSet<>();
        for (int i = first; i < Math.min(first + PER_DELIVERY, generator.practitioners()); i++) {
            asked.add(new PractitionerId(Generator.nationalId(i)));
        }
        return new Delivery(
                UUID.randomUUID(),
                new Source("bench-" + vendor),
                Flow.INDIVIDUAL,
                asked,
                new Window(fetchedAt, fetchedAt.plus(Duration.ofHours(72))),
                fetchedAt,
                Duration.ZERO,
                Answer.COMPLETE,
                List.of(generator.bundle(first, PER_DELIVERY, "bench-" + vendor, shift)),
                Set.of(),
                false);
    }
}
