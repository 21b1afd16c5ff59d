package fr.sas.hub.bench;

import fr.sas.hub.HubApplication;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * What pages of the personal space cost, for a practitioner with a hundred blocks a week: one reader, signed in, over HTTP with gzip, one page after the
 * other. Started by {@code bench/pages}, with a hub, a database and a provider of its own.
 */
public final class PagesBench {

    private static final Path HOME = Path.of("target/bench-pages");
    private static final int TO_WARM_UP = 400;
    private static final int COUNTED = 200;
    private static final int ENTRIES = 20;

    private PagesBench() {}

    /** What fails ends the process, with the hub that runs in it. */
    public static void main(String[] arguments) {
        try {
            measure();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measure() throws Exception {
        ConfigurableApplicationContext hub = start();
        int port = Integer.parseInt(hub.getEnvironment().getRequiredProperty("local.server.port"));
        People people = new People(port);
        type(people);
        PageReader alice =
                SignInProvider.signIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        String hers = "/espace/effecteurs/" + people.alice;
        System.out.println(
                "| page | server, mean | client p50, p95 | CPU of the process, client included | bytes sent |");
        System.out.println("|---|---|---|---|---|");
        for (String page : List.of(hers + "/agenda", "/espace", hers + "/regulation")) {
            measure(page, URI.create("http://localhost:" + port + page), alice, hub.getBean(MeterRegistry.class));
        }
    }

    private static ConfigurableApplicationContext start() throws IOException {
        FileSystemUtils.deleteRecursively(HOME);
        Files.createDirectories(HOME.resolve("connectors"));
        return new SpringApplication(HubApplication.class)
                .run(Stream.concat(
                                Stream.of(
                                        "spring.profiles.active=test",
                                        "server.port=0",
                                        "logging.level.root=warn",
                                        "spring.datasource.url=" + TestDatabase.fresh(),
                                        "spring.datasource.username=postgres",
                                        "hub.connectors=" + HOME.resolve("connectors"),
                                        "hub.data=" + HOME.resolve("data")),
                                Arrays.stream(SignInProvider.settings()))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    /** Slots of a quarter of an hour, on each weekday. */
    private static void type(People people) {
        for (int entry = 0; entry < ENTRIES; entry++) {
            LocalTime start = LocalTime.of(8, 0).plusMinutes(30L * entry);
            HttpResponse<String> typed = people.practitioner().post(people.of("/agenda/entries"), """
                            {"place": "%s", "date": "%s", "start": "%s", "end": "%s", "modes": ["AMB"],
                             "weekly": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}}""".formatted(
                            people.place, LocalDate.now().plusDays(1), start, start.plusMinutes(15)));
            if (typed.statusCode() != 201) {
                throw new IllegalStateException(typed.body());
            }
        }
    }

    private static void measure(String name, URI page, PageReader reader, MeterRegistry meters) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Accept-Encoding", "gzip")
                .header("Accept-Language", "fr")
                .header("Cookie", "hub-session=" + reader.session())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < TO_WARM_UP; i++) {
                bytes(client, request);
            }
            double servedBefore = millisServed(meters);
            long cpuBefore = cpu();
            long[] nanos = new long[COUNTED];
            int bytes = 0;
            for (int i = 0; i < COUNTED; i++) {
                long began = System.nanoTime();
                bytes = bytes(client, request);
                nanos[i] = System.nanoTime() - began;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f ms | %.1f, %.1f ms | %.1f ms | %.1f kB |%n",
                    name.replaceFirst("effecteurs/\\d+", "effecteurs/…"),
                    (millisServed(meters) - servedBefore) / COUNTED,
                    nanos[COUNTED / 2] / 1e6,
                    nanos[COUNTED * 95 / 100] / 1e6,
                    (cpu() - cpuBefore) / 1e6 / COUNTED,
                    bytes / 1e3);
        }
    }

    private static int bytes(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request.uri() + ": " + answer.statusCode());
        }
        return answer.body().length;
    }

    private static double millisServed(MeterRegistry meters) {
        return meters.find("http.server.requests").timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
