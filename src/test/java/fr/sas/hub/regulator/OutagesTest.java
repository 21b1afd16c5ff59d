package fr.sas.hub.regulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Vendors fail in the middle of many changes: nothing is lost, nothing doubled, and nobody is stormed. */
@HubTest
class OutagesTest {

    private static final List<String> VENDORS = List.of("panne-une", "panne-deux");

    private final FakeAccounts first = new FakeAccounts();
    private final FakeAccounts second = new FakeAccounts();

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    Vendors vendors;

    @Autowired
    RegulatorAccounts accounts;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void two_vendors_take_accounts() {
        join("panne-une", first);
        join("panne-deux", second);
    }

    @AfterEach
    void they_leave() {
        for (String vendor : VENDORS) {
            Descriptor.of(vendor).removeFrom(connectors);
            await().until(() -> vendors.find(new Source(vendor)).isEmpty());
        }
        first.close();
        second.close();
    }

    @Test
    void after_outages_in_the_middle_of_a_thousand_changes_every_vendor_has_exactly_the_last_state() {
        List<UUID> regulators =
                IntStream.range(0, 250).mapToObj(i -> UUID.randomUUID()).toList();
        change(regulators, 1);
        first.failWith(503);
        change(regulators, 2);
        second.takeAndSayNothing();
        change(regulators, 3);
        await().untilAsserted(() ->
                assertThat(outbox("panne-une").path("failures").asInt()).isGreaterThan(1));
        int underOutage = first.told().size();
        first.behave();
        deactivate(regulators);
        second.behave();

        for (String vendor : VENDORS) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(outbox(vendor).path("waiting").asInt()).isZero());
            assertThat(outbox(vendor).path("dead").asInt()).isZero();
        }
        for (FakeAccounts vendor : List.of(first, second)) {
            assertThat(vendor.size()).isEqualTo(regulators.size());
            assertThat(regulators).allSatisfy(regulator -> {
                JsonNode account = vendor.account(national(regulator)).orElseThrow();
                assertThat(account.at("/name/0/family").asText()).isEqualTo("CHANGE 4");
                assertThat(account.path("active").asBoolean()).isFalse();
            });
        }
        assertThat(underOutage)
                .as("250 letters waited, and the vendor that was down was asked now and then")
                .isLessThan(250 + 60);
    }

    @Test
    void a_destination_stopped_while_it_is_retried_falls_silent_and_goes_on_when_started() {
        first.failWith(503);
        second.failWith(503);
        List<UUID> regulators =
                IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();
        change(regulators, 1);
        await().until(() -> first.told().size() > 2 && second.told().size() > 2);

        JsonNode stopped =
                HubClient.json(ops().post("/api/v1/outbox/accounts-panne-une/stop", "{\"reason\":\"maintenance\"}"));

        awaitRetries(second, 1);
        int told = first.told().size();
        awaitRetries(second, 3);
        assertThat(first.told()).hasSize(told);
        second.behave();
        assertThat(stopped.path("state").asText()).isEqualTo("STOPPED");
        assertThat(outbox("panne-une").path("stoppedBy").asText()).isEqualTo("test-ops");
        assertThat(outbox("panne-une").path("stoppedWhy").asText()).isEqualTo("maintenance");
        assertThat(outbox("panne-une").path("waiting").asInt()).isEqualTo(20);
        await().untilAsserted(() -> assertThat(second.size()).isEqualTo(20));

        first.behave();
        HubClient.json(ops().post("/api/v1/outbox/accounts-panne-une/start", "{\"reason\":\"over\"}"));

        await().untilAsserted(() -> assertThat(first.size()).isEqualTo(20));
        assertThat(outbox("panne-une").path("state").asText()).isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @CsvSource({"no\\u0000way, HTTP 422: no\uFFFDway", "no\\uD83Dway, HTTP 422: no\uFFFDway"})
    void a_reason_that_cannot_be_kept_as_it_is_ends_a_letter_all_the_same(String reason, String kept) {
        first.refuseAll(reason);

        change(List.of(UUID.randomUUID()), 1);

        await().until(() -> outbox("panne-une").path("dead").asInt() == 1);
        assertThat(ops().json("/api/v1/outbox/accounts-panne-une?state=dead")
                        .at("/letters/0/trouble")
                        .asText())
                .isEqualTo(kept);
    }

    @Test
    void a_dead_letter_can_be_read_sent_again_and_thrown_away() {
        first.refuse(account -> true);
        UUID again = UUID.randomUUID();
        UUID away = UUID.randomUUID();
        change(List.of(again, away), 1);
        await().until(() -> outbox("panne-une").path("dead").asInt() == 2);
        JsonNode dead =
                ops().json("/api/v1/outbox/accounts-panne-une?state=dead").path("letters");
        assertThat(dead.get(0).path("trouble").asText()).contains("HTTP 422: such an account breaks our rule 7");
        String letters = "/api/v1/outbox/accounts-panne-une/letters/";
        assertThat(ops().json(letters + dead.get(0).path("id").asLong())
                        .path("body")
                        .asText())
                .contains("CHANGE 1");

        first.behave();
        String second = letters + dead.get(1).path("id").asLong();
        assertThat(ops().delete(second).statusCode()).isEqualTo(422);
        assertThat(ops().delete(second + "?reason=told+by+telephone").statusCode())
                .isEqualTo(204);
        assertThat(HubClient.json(ops().post("/api/v1/outbox/accounts-panne-une/send-again", "{\"reason\":\"mended\"}"))
                        .path("letters")
                        .asInt())
                .isEqualTo(1);

        await().until(() -> outbox("panne-une").path("waiting").asInt() == 0);
        assertThat(outbox("panne-une").path("dead").asInt()).isZero();
        assertThat(first.size()).isEqualTo(1);
        assertThat(ops().get(letters + dead.get(1).path("id").asLong()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_operators_do_needs_a_reason_and_is_kept_with_who_when_and_why() {
        change(List.of(UUID.randomUUID()), 1);
        String outbox = "/api/v1/outbox/accounts-panne-deux";
        int before = ops().json(outbox + "/actions").path("actions").size();

        for (String action : List.of("/stop", "/start", "/send-again", "/letters/1/send-again")) {
            assertThat(ops().post(outbox + action, "").statusCode()).isEqualTo(422);
            assertThat(ops().post(outbox + action, "{\"reason\":\" x \"}").body())
                    .contains("\"reason\"");
        }
        HubClient.json(ops().post(outbox + "/stop", "{\"reason\":\"their night\"}"));
        HubClient.json(ops().post(outbox + "/start", "{\"reason\":\"their morning\"}"));
        HubClient.json(ops().post(outbox + "/send-again", "{\"reason\":\"they ask\"}"));

        JsonNode actions = ops().json(outbox + "/actions").path("actions");
        assertThat(actions).hasSize(before + 3);
        assertThat(actions)
                .extracting(action -> action.path("action").asText() + ": "
                        + action.path("reason").asText() + ", "
                        + action.path("by").asText())
                .startsWith(
                        "send-again: they ask, test-ops",
                        "start: their morning, test-ops",
                        "stop: their night, test-ops");
        assertThat(actions.get(0).hasNonNull("at")).isTrue();
        assertThat(ops().post("/api/v1/outbox/accounts-nobody/stop", "{\"reason\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_queue_is_seen_in_figures_and_in_health() {
        first.refuse(account -> true);
        change(List.of(UUID.randomUUID()), 1);

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            assertThat(figure("hub.outbox.dead")).isEqualTo(1);
            assertThat(figure("hub.outbox.waiting")).isZero();
            assertThat(figure("hub.outbox.oldest.seconds")).isZero();
            assertThat(ops().json("/actuator/health/outbox")
                            .path("details")
                            .path("accounts-panne-une")
                            .asText())
                    .isEqualTo("RUNNING, 0 waiting, 1 dead");
        });
        assertThat(meters.get("hub.outbox.deliveries")
                        .tags("destination", "accounts-panne-une", "outcome", "refused")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void health_says_that_nobody_knows_while_the_queues_cannot_be_counted() {
        jdbc.execute("ALTER TABLE outbox_destination RENAME TO outbox_destination_out_of_reach");
        try {
            await().until(() -> queueHealth().equals("UNKNOWN"));
        } finally {
            jdbc.execute("ALTER TABLE outbox_destination_out_of_reach RENAME TO outbox_destination");
        }
        await().until(() -> !queueHealth().equals("UNKNOWN"));
    }

    private String queueHealth() {
        return ops().json("/actuator/health/outbox").path("status").asText();
    }

    private double figure(String name) {
        return meters.get(name).tag("destination", "accounts-panne-une").gauge().value();
    }

    @Test
    void what_a_vendor_left_behind_goes_with_it() {
        first.failWith(503);
        change(List.of(UUID.randomUUID()), 1);
        await().until(() -> first.told().size() > 1);

        Descriptor.of("panne-une").removeFrom(connectors);

        await().until(() -> ops().get("/api/v1/outbox/accounts-panne-une").statusCode() == 404);
    }

    private static void awaitRetries(FakeAccounts vendor, int retries) {
        int before = vendor.told().size();
        await().until(() -> vendor.told().size() >= before + retries);
    }

    /** Each is changed and logs in, twice: the second time says nothing new. */
    private void change(List<UUID> regulators, int number) {
        for (UUID regulator : regulators) {
            accounts.save(account(regulator, number, true), null, "test");
            accounts.login(regulator);
            accounts.login(regulator);
        }
    }

    private void deactivate(List<UUID> regulators) {
        regulators.forEach(regulator -> accounts.save(account(regulator, 4, false), null, "test"));
    }

    /** The first account has no national identifier yet. */
    private static Regulator account(UUID id, int number, boolean active) {
        return new Regulator(
                id,
                "CHANGE " + number,
                "Camille",
                "camille." + number + "@test.example",
                number == 1 ? null : national(id),
                null,
                active);
    }

    private static String national(UUID id) {
        return "34567/" + id.toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
    }

    private void join(String vendor, FakeAccounts book) {
        Descriptor.of(vendor)
                .at(book.baseUrl())
                .takesAccounts()
                .poll("timeout: 500ms")
                .poll("maxRequestsPerSecond: 1000")
                .dropInto(connectors);
        await().until(() -> vendors.find(new Source(vendor)).isPresent());
    }

    private JsonNode outbox(String vendor) {
        return ops().json("/api/v1/outbox/accounts-" + vendor);
    }

    private HubClient ops() {
        return HubClient.at(port).as("test-ops");
    }
}
