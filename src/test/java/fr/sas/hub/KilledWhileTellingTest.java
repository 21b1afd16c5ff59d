package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two hubs, each in a process of its own, share the letters; one is killed (kill -9) while letters are under way. */
class KilledWhileTellingTest {

    private static final int REGULATORS = 200;
    /** SHA-256 of {@code test-ops}. */
    private static final String OPS = "d5358c6f37116f90b77cf19897be3754e482496c1f115682d6bc0efb34c6a2ce";

    private final FakeAccounts vendor = new FakeAccounts();
    private final String database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", "postgres"));
    private final List<Process> hubs = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void everything_stops() {
        hubs.forEach(Process::destroyForcibly);
        vendor.close();
    }

    @Test
    void what_a_killed_hub_had_claimed_another_tells_and_no_account_is_lost_or_doubled() throws Exception {
        Descriptor.of("comptes-tenaces")
                .at(vendor.baseUrl())
                .takesAccounts()
                .poll("timeout: 2s")
                .poll("maxRequestsPerSecond: 100")
                .dropInto(folder);
        HubClient first = startHub();
        HubClient second = startHub();
        await().atMost(Duration.ofSeconds(180)).until(() -> isReady(first) && isReady(second));
        vendor.failWith(503);
        List<UUID> regulators =
                IntStream.range(0, REGULATORS).mapToObj(i -> UUID.randomUUID()).toList();
        for (UUID regulator : regulators) {
            save(first, regulator, "AVANT");
            save(second, regulator, "APRES");
        }
        vendor.takeAndSayNothing();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> count("SELECT count(*) FROM outbox_letter WHERE claimed_until > now()") > 0
                        && vendor.size() > 0);

        hubs.getFirst().destroyForcibly().waitFor();
        vendor.behave();

        await().atMost(Duration.ofSeconds(90)).until(() -> count("SELECT count(*) FROM outbox_letter") == 0);
        assertThat(vendor.size()).isEqualTo(REGULATORS);
        assertThat(regulators)
                .allSatisfy(regulator -> assertThat(vendor.account(regulator.toString())
                                .orElseThrow()
                                .at("/name/0/family")
                                .asText())
                        .isEqualTo("APRES"));
        assertThat(count("SELECT count(*) FROM regulator_told WHERE version = put_version"))
                .isEqualTo(REGULATORS);
    }

    private static void save(HubClient hub, UUID regulator, String family) {
        String path = "/api/v1/regulators/" + regulator;
        HubClient.json(hub.put(
                path, "{\"family\":\"" + family + "\",\"given\":\"Camille\",\"email\":\"camille@test.example\"}"));
        HubClient.json(hub.post(path + "/login", ""));
    }

    private static boolean isReady(HubClient hub) {
        try {
            return hub.get("/actuator/health/readiness").statusCode() == 200;
        } catch (java.io.UncheckedIOException notYet) {
            return false;
        }
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? -1 : count;
    }

    private HubClient startHub() throws IOException {
        int port = freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        hubs.add(new ProcessBuilder(
                        java,
                        "-Xmx300m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HubApplication.class.getName(),
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.hikari.maximum-pool-size=8",
                        "--server.port=" + port,
                        "--hub.connectors=" + folder,
                        "--hub.clients[0].id=test-ops",
                        "--hub.clients[0].role=ops",
                        "--hub.clients[0].token-sha256=" + OPS,
                        "--hub.outbox.claim=5s",
                        "--hub.outbox.first-back-off=100ms",
                        "--hub.outbox.longest-back-off=1s")
                .redirectErrorStream(true)
                .redirectOutput(new File("target/telling-hub-" + hubs.size() + ".log"))
                .start());
        return HubClient.at(port).as("test-ops");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
