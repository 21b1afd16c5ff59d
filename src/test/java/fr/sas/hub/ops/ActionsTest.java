package fr.sas.hub.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.HubApplication;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators do to a vendor over HTTP. Every test has a vendor of its own. */
@HubTest
class ActionsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String BECAUSE = "{\"reason\": \"les créneaux sont faux\"}";

    private final String alice = Batches.newPractitioner().value();
    private final StubbedVendor vendor = new StubbedVendor("action-" + NUMBER.incrementAndGet(), alice);
    private final Instant start = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    @Value("${spring.datasource.url}")
    String database;

    @LocalServerPort
    int port;

    private HubClient ops;

    @BeforeEach
    void a_vendor_with_a_slot() {
        ops = HubClient.at(port).as("test-ops");
        vendor.offers(aVendorSlot().id("a").from(start));
        vendor.joins(connectors);
        await().until(() -> found() == 1);
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get(address("")).statusCode() == 404);
        vendor.close();
    }

    @Test
    void a_paused_vendor_is_not_asked_and_its_slots_age_until_it_is_resumed() {
        assertThat(act("pause").path("state").asText()).isEqualTo("PAUSED");

        try (StubbedVendor other = another()) {
            await().until(() -> other.questions() > 0);
            int asked = vendor.questions();
            await().until(() -> other.questions() > 2);
            assertThat(vendor.questions()).isEqualTo(asked);
            other.descriptor().leaves(connectors, port);
        }
        JsonNode state = ops.json(address(""));
        assertThat(state.path("status").asText()).isEqualTo("paused");
        assertThat(state.path("declared").asText()).isEqualTo("live");
        assertThat(state.at("/overruled/by").asText()).isEqualTo("test-ops");
        assertThat(state.at("/overruled/reason").asText()).isEqualTo("les créneaux sont faux");
        assertThat(found()).as("a pause is not an absence").isEqualTo(1);

        JsonNode resumed = act("resume");
        assertThat(resumed.path("status").asText()).isEqualTo("live");
        assertThat(resumed.path("overruled").isNull()).isTrue();
        int before = vendor.questions();
        await().until(() -> vendor.questions() > before);
    }

    @Test
    void what_was_done_is_kept_with_who_when_and_why() {
        act("pause");
        act("resume");
        assertThat(ops.post(address("/pause"), "{}").statusCode()).isEqualTo(422);
        assertThat(ops.post(address("/pause"), "{\"reason\": \" \"}").body()).contains("reason");

        JsonNode actions = ops.json(address("/actions")).path("actions");
        assertThat(actions.findValuesAsText("action")).containsExactly("resume", "pause");
        assertThat(actions.findValuesAsText("by")).containsOnly("test-ops");
        assertThat(actions.findValuesAsText("reason")).containsOnly("les créneaux sont faux");
        assertThat(Instant.parse(actions.at("/0/at").asText()))
                .isAfter(Instant.parse(actions.at("/1/at").asText()));
    }

    @Test
    void another_node_obeys_soon_and_one_that_starts_later_finds_it_so() {
        act("pause");
        try (ConfigurableApplicationContext node = new SpringApplicationBuilder(HubApplication.class)
                .profiles("test")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=postgres",
                        "--hub.connectors=" + connectors)) {
            HubClient other = HubClient.at(Objects.requireNonNull(
                            node.getEnvironment().getProperty("local.server.port", Integer.class)))
                    .as("test-ops");
            assertThat(other.json(address("")).path("state").asText()).isEqualTo("PAUSED");

            act("resume");
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> other.json(address("")).path("status").asText().equals("live"));
        }
    }

    @Test
    void a_vendor_put_on_trial_is_judged_and_not_shown_also_while_it_is_paused() {
        act("trial");
        await().until(() -> found() == 0);
        assertThat(explained("a")).isEqualTo("VENDOR_ON_TRIAL");
        act("pause");
        assertThat(found()).isZero();
        act("resume");
        assertThat(ops.json(address("")).path("status").asText()).isEqualTo("trial");

        act("live");
        await().until(() -> found() == 1);
    }

    @ParameterizedTest
    @CsvSource({"trial, trial", "paused, paused"})
    void whoever_changes_the_status_in_the_file_has_the_last_word(String status, String inForce) {
        act("pause");
        vendor.descriptor().poll("horizon: 48h").dropInto(connectors);
        await().until(() -> vendors.descriptor(new Source(vendor.id)).stream()
                .anyMatch(now -> now.poll().horizon().equals(Duration.ofHours(48))));
        assertThat(ops.json(address("")).path("status").asText()).isEqualTo("paused");

        vendor.descriptor().status(status).dropInto(connectors);

        await().until(() -> ops.json(address("")).path("overruled").isNull());
        assertThat(ops.json(address("")).path("status").asText()).isEqualTo(inForce);
        JsonNode lapse = ops.json(address("/actions")).at("/actions/0");
        assertThat(lapse.path("action").asText()).isEqualTo("lapse");
        assertThat(lapse.path("by").asText()).isEqualTo("descriptor");
        if (status.equals("paused")) {
            assertThat(ops.post(address("/resume"), BECAUSE).body()).contains("paused by its descriptor");
            assertThat(act("live").path("status").asText()).isEqualTo("live");
        }
    }

    @Test
    void asked_now_means_asked_before_its_time() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get(address("")).statusCode() == 404);
        Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice)
                .poll("every: 1h")
                .poll("idleEvery: 1h")
                .dropInto(connectors);
        await().until(() -> found() == 1);
        int before = vendor.questions();

        act("ask-now");

        await().until(() -> vendor.questions() > before);
        assertThat(ops.post(address("/ask-now"), "{\"reason\": \"why not\", \"subjects\": [\"nobody\"]}")
                        .body())
                .contains("subjects", "nobody");
    }

    @Test
    void a_breaker_that_is_forgotten_lets_the_vendor_be_asked_at_once() {
        vendor.answers(serverError());
        await().atMost(Duration.ofSeconds(40)).until(() -> state().equals("LEFT_ALONE"));
        vendor.offers(aVendorSlot().id("a").from(start));

        act("forget-breaker");

        await().until(() -> state().equals("ANSWERING"));
    }

    @Test
    void others_than_ops_may_not_and_there_must_be_such_a_vendor() {
        assertThat(ops.as("test-portal").post(address("/pause"), BECAUSE).statusCode())
                .isEqualTo(403);
        assertThat(ops.post("/api/v1/connectors/no-such-vendor/pause", BECAUSE).statusCode())
                .isEqualTo(404);
        assertThat(ops.post(address("/explode"), BECAUSE).statusCode()).isIn(404, 405);
    }

    /** Asked every second too. */
    private StubbedVendor another() {
        return new StubbedVendor(
                        "action-" + NUMBER.incrementAndGet(),
                        Batches.newPractitioner().value())
                .joins(connectors);
    }

    private JsonNode act(String action) {
        return HubClient.json(ops.post(address("/" + action), BECAUSE));
    }

    private String state() {
        return ops.json(address("")).path("state").asText();
    }

    private String explained(String reference) {
        JsonNode answer = ops.json("/api/v1/explain?practitioner=" + alice + "&from=" + start.minusSeconds(60) + "&to="
                + start.plusSeconds(60));
        List<String> fates = StreamSupport.stream(answer.path("slots").spliterator(), false)
                .filter(slot -> slot.path("reference").asText().equals(reference))
                .map(slot -> slot.path("fate").asText())
                .toList();
        return String.join(" ", fates);
    }

    private int found() {
        return HubClient.at(port)
                .json(HubClient.slotsOf(Instant.now(), alice))
                .path("total")
                .asInt();
    }

    private String address(String more) {
        return "/api/v1/connectors/" + vendor.id + more;
    }
}
