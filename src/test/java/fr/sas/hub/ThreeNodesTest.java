package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.Scrape;
import fr.sas.hub.testing.StubbedVendor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Three nodes on one database, the third in a process of its own, which can be killed (kill -9). That sessions and letters outlive a
 * killed node: {@code SessionsOnTwoNodesTest}, {@link KilledWhileTellingTest}.
 */
@HubTest
class ThreeNodesTest {

    private static final String PATIENT = "810000061001";
    private static final int ASKED_FOR = 60;
    private static final int CONCURRENCY = 2;

    private static @Nullable Node second;
    private static @Nullable Node third;

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    private final StubbedVendor vendor = new StubbedVendor("trois-noeuds", PATIENT);

    @BeforeEach
    void two_more_nodes_on_the_same_database() {
        if (second == null) {
            second = Node.on(database, connectors).start();
        }
        if (third == null || !third.isAlive()) {
            third = Node.on(database, connectors)
                    .with("spring.datasource.hikari.maximum-pool-size=8", "hub.connector.claim-margin=1s")
                    .startAlone("third-node")
                    .awaitReady();
        }
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of(vendor.id).removeFrom(connectors);
        await().until(() -> targets("true") == 0);
        vendor.close();
    }

    @AfterAll
    static void the_nodes_leave() {
        if (second != null) {
            second.close();
            second = null;
        }
        if (third != null) {
            third.close();
            third = null;
        }
    }

    @Test
    void they_share_the_work_and_what_a_killed_one_had_claimed_the_others_ask() throws Exception {
        vendor.descriptor()
                .roster(many())
                .poll("practitionersPerCall: 1")
                .poll("concurrency: " + CONCURRENCY)
                .poll("maxRequestsPerSecond: 40")
                .poll("timeout: 5s")
                .dropInto(connectors);
        await("each asks").atMost(Duration.ofSeconds(60)).until(this::eachHasAsked);

        vendor.answers(okJson(vendor.body()).withFixedDelay(60_000));
        await("each waits for answers").until(() -> targets("claimed_until > now()") == 3 * CONCURRENCY);
        Objects.requireNonNull(third).kill();
        Instant killed = Instant.now();
        vendor.answers(okJson(vendor.body()));

        await("everybody is asked for again")
                .atMost(Duration.ofSeconds(90))
                .until(() -> jdbc.queryForObject(
                                "SELECT count(*) FROM connector_target WHERE source = ? AND asked_at > ?",
                                Long.class,
                                vendor.id,
                                Timestamp.from(killed))
                        == ASKED_FOR);
    }

    @Test
    void what_a_practitioner_refuses_at_one_is_gone_from_the_answers_of_all() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        HubClient.at(port).knows(PATIENT);
        vendor.offers(aVendorSlot().id("a").from(now.plus(Duration.ofHours(3))));
        vendor.joins(connectors);
        everyNode().forEach(node -> await().until(() -> slots(node, now) == 1));

        HubClient.json(Objects.requireNonNull(third)
                .client()
                .as("test-portal")
                .put("/api/v1/practitioners/" + PATIENT + "/settings", "{\"vendorSlotsHidden\": true}"));

        assertThat(slots(Objects.requireNonNull(third).port(), now)).isZero();
        everyNode().forEach(node -> await().pollInterval(Duration.ofMillis(20)).until(() -> slots(node, now) == 0));
        HubClient.json(HubClient.at(port)
                .as("test-portal")
                .put("/api/v1/practitioners/" + PATIENT + "/settings", "{\"vendorSlotsHidden\": false}"));
    }

    private Stream<Integer> everyNode() {
        return Stream.of(
                port,
                Objects.requireNonNull(second).port(),
                Objects.requireNonNull(third).port());
    }

    /** The nodes of this process count, but tell Prometheus nothing. */
    private boolean eachHasAsked() {
        return hasAsked(meters)
                && hasAsked(Objects.requireNonNull(second).bean(MeterRegistry.class))
                && Scrape.of(Objects.requireNonNull(third).client().as("test-ops"))
                                .sum("hub_vendor_requests_seconds_count", "vendor", vendor.id)
                        > 0;
    }

    private boolean hasAsked(MeterRegistry node) {
        return !node.find("hub.vendor.requests")
                .tag("vendor", vendor.id)
                .timers()
                .isEmpty();
    }

    private static int slots(int node, Instant now) {
        return HubClient.at(node)
                .json(HubClient.slotsOf(now, PATIENT))
                .path("total")
                .asInt();
    }

    private long targets(String condition) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT count(*) FROM connector_target WHERE source = ? AND " + condition, Long.class, vendor.id));
    }

    private static String[] many() {
        return IntStream.range(0, ASKED_FOR)
                .mapToObj(i -> Batches.practitioner(62_000 + i).value())
                .toArray(String[]::new);
    }
}
