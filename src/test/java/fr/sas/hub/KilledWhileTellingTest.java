package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.lrm.FakeLrm;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubProcess;
import fr.sas.hub.testing.TestBroker;
import fr.sas.hub.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two hubs, each in a process of its own, share the letters; one is killed (kill -9) while letters are under way. */
class KilledWhileTellingTest {

    private static final int REGULATORS = 200;
    private static final int BOOKINGS = 30;
    private static final int UNDER_WAY_ON_A_NODE = 4;
    /** SHA-256 of {@code test-ops}. */
    private static final String OPS = "d5358c6f37116f90b77cf19897be3754e482496c1f115682d6bc0efb34c6a2ce";

    /** SHA-256 of {@code test-vendor-tenace}. */
    private static final String VENDOR = "8430eac462ea31f895bfdf2ffec09cca579502a1679db4d6dcf3118d5e4f04cd";

    private final Optional<TestBroker> broker = TestBroker.find();
    private final Optional<FakeLrm> software = broker.map(there -> new FakeLrm(there.port()));
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
        software.ifPresent(FakeLrm::close);
        broker.ifPresent(TestBroker::close);
    }

    @Test
    void what_a_killed_hub_had_claimed_another_tells_and_nothing_is_lost_or_doubled() throws Exception {
        Descriptor.of("comptes-tenaces")
                .at(vendor.baseUrl())
                .takesAccounts()
                .poll("timeout: 2s")
                .poll("maxRequestsPerSecond: 100")
                .dropInto(folder);
        if (software.isPresent()) {
            software.get().connect();
        }
        HubClient first = startHub();
        HubClient second = startHub();
        await().atMost(Duration.ofMinutes(6)).until(() -> isReady(first) && isReady(second));
        vendor.failWith(503);
        List<UUID> regulators =
                IntStream.range(0, REGULATORS).mapToObj(i -> UUID.randomUUID()).toList();
        for (UUID regulator : regulators) {
            save(first, regulator, "AVANT");
            save(second, regulator, "APRES");
        }
        vendor.takeAndSayNothing();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> claimed("accounts-comptes-tenaces") > 0 && vendor.size() > 0);
        broker.ifPresent(TestBroker::pause);
        CompletableFuture<Integer> bookings = Beside.supply(() -> broker.isPresent() ? declare(second) : 0);
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> broker.isEmpty() || claimed("lrm") > UNDER_WAY_ON_A_NODE);

        hubs.getFirst().destroyForcibly().waitFor();
        vendor.behave();
        bookings.join();
        broker.ifPresent(TestBroker::goOn);

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
        software.ifPresent(lrm -> everyChangeIsToldInOrder(lrm, bookings.join()));
    }

    /** Each is booked, and cancelled; how many they are. */
    private static int declare(HubClient hub) {
        HubClient.json(
                hub.put(
                        "/api/v1/regulators/" + UUID.randomUUID(),
                        "{\"family\":\"LORIDON\",\"given\":\"Ana\",\"email\":\"ana@test.example\",\"nationalId\":\"3456780581/11242343\"}"));
        HubClient its = hub.as("test-vendor-tenace");
        for (int number = 0; number < BOOKINGS; number++) {
            AnAppointment booking =
                    AnAppointment.with("899900091001", Instant.now().plus(Duration.ofHours(3 + number)));
            assertThat(its.post("/fhir/Appointment", booking.toString()).statusCode())
                    .isEqualTo(201);
            assertThat(its.put(booking.address(), booking.status("cancelled").toString())
                            .statusCode())
                    .isEqualTo(200);
        }
        return BOOKINGS;
    }

    private void everyChangeIsToldInOrder(FakeLrm lrm, int bookings) {
        assertThat(count("SELECT count(*) FROM lrm_message WHERE state = 'PUBLISHED'"))
                .isEqualTo(2L * bookings);
        await().untilAsserted(() -> {
            Map<String, Set<String>> told = new HashMap<>();
            Set<String> known = new HashSet<>();
            for (JsonNode message : lrm.received()) {
                if (known.add(message.path("distributionID").asText())) {
                    JsonNode appointment = FakeLrm.appointment(message);
                    told.computeIfAbsent(appointment.path("appointmentId").asText(), id -> new LinkedHashSet<>())
                            .add(appointment.path("method").asText() + " "
                                    + appointment.path("status").asText());
                }
            }
            assertThat(told)
                    .as("what came twice is known by its id")
                    .hasSize(bookings)
                    .allSatisfy((id, changes) -> assertThat(changes)
                            .containsExactly("CreateAppointment booked", "UpdateAppointment cancelled"));
        });
    }

    private long claimed(String destination) {
        return count("SELECT count(*) FROM outbox_letter WHERE claimed_until > now() AND destination = '" + destination
                + "'");
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
        int port = FreePort.next();
        List<String> settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--server.port=" + port,
                "--hub.connectors=" + folder,
                "--hub.clients[0].id=test-ops",
                "--hub.clients[0].role=ops",
                "--hub.clients[0].token-sha256=" + OPS,
                "--hub.clients[1].id=test-vendor-tenace",
                "--hub.clients[1].role=vendor",
                "--hub.clients[1].vendor=comptes-tenaces",
                "--hub.clients[1].token-sha256=" + VENDOR,
                "--hub.outbox.claim=5s",
                "--hub.outbox.first-back-off=100ms",
                "--hub.outbox.longest-back-off=1s"));
        broker.ifPresent(there -> settings.addAll(List.of(
                "--hub.lrm.sender=" + FakeLrm.SENDER,
                "--hub.lrm.recipient=" + FakeLrm.RECIPIENT,
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + there.port())));
        hubs.add(HubProcess.start("telling-hub-" + hubs.size() + ".log", settings));
        return HubClient.at(port).as("test-ops");
    }
}
