package fr.sas.hub.bench;

import fr.sas.hub.HubApplication;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole hub in this JVM, with an embedded PostgreSQL and {@value #PRACTITIONERS} practitioners × 20 slots of one vendor. */
public final class MicroHub implements AutoCloseable {

    public static final int PRACTITIONERS = 2_000;
    private static final int SLOTS = 20;
    private static final int PER_DELIVERY = 25;
    private static final int VENDOR = 1;
    private static final Instant FIRST_SLOT = now().plus(Duration.ofHours(1));

    private final Path home;
    private final ConfigurableApplicationContext context;

    private MicroHub(Path home, ConfigurableApplicationContext context) {
        this.home = home;
        this.context = context;
    }

    public static MicroHub start() throws IOException {
        Path home = Files.createTempDirectory("micro-hub");
        Path connectors = Files.createDirectory(home.resolve("connectors"));
        Files.writeString(connectors.resolve("bench-1.yaml"), """
                vendor: bench-1
                name: Bench
                status: live
                baseUrl: http://127.0.0.1:9
                flows: [individual]
                roster: []
                """);
        MicroHub hub = new MicroHub(
                home,
                new SpringApplication(HubApplication.class)
                        .run(
                                "--spring.profiles.active=bench",
                                "--server.port=0",
                                "--hub.connectors=" + connectors,
                                "--hub.data=" + home.resolve("data")));
        ProducerTemplate routes = hub.bean(ProducerTemplate.class);
        Instant now = now();
        for (int first = 0; first < PRACTITIONERS; first += PER_DELIVERY) {
            routes.sendBody("direct:delivery-arrived", delivery(first, now, 0));
        }
        return hub;
    }

    /** @param shift minutes by which every slot is moved: another number changes every slot */
    public static Delivery delivery(int firstPractitioner, Instant fetchedAt, int shift) {
        return BenchHub.delivery(
                new Generator(PRACTITIONERS, SLOTS, FIRST_SLOT), VENDOR, firstPractitioner, fetchedAt, shift);
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Drawn from all of them. */
    public static List<Subject> practitioners(Random dice, int count) {
        List<Subject> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(new PractitionerId(Generator.nationalId(dice.nextInt(PRACTITIONERS))));
        }
        return drawn;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() throws IOException {
        context.close();
        FileSystemUtils.deleteRecursively(home);
    }
}
