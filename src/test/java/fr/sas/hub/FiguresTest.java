package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Scrape;
import fr.sas.hub.vendor.GhostSuspicions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What Prometheus is told is so: each thing once, by names that dashboards and alerts use, and no longer than it is so. */
@HubTest
@AutoConfigureObservability(tracing = false)
class FiguresTest {

    private static final String VENDOR = "chiffres";
    private static final String ALICE = "810000770001";
    private static final String BRUNO = "810000770002";
    private static final Path MONITORING = Path.of("docs/monitoring");

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    GhostSuspicions ghostSuspicions;

    private HubClient ops;

    @BeforeEach
    void a_vendor() {
        vendor.start();
        ops = HubClient.at(port).as("test-ops");
    }

    @AfterEach
    void leaves() {
        Descriptor.of(VENDOR).removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + VENDOR).statusCode() == 404);
        vendor.stop();
    }

    private void askedEverySecond(String... roster) {
        Descriptor.of(VENDOR)
                .at(vendor.baseUrl())
                .roster(roster)
                .poll("every: 1s")
                .poll("idleEvery: 1s")
                .dropInto(connectors);
    }

    @Test
    void every_delivery_is_counted_once_by_what_became_of_it() {
        answers(serverError().withBody("no"));
        askedEverySecond(ALICE);

        await().untilAsserted(() -> {
            int asked = vendor.findAll(anyRequestedFor(anyUrl())).size();
            Scrape scrape = Scrape.of(ops);
            assertThat(asked).isGreaterThanOrEqualTo(2);
            assertThat(scrape.sum("hub_deliveries_total", "vendor", VENDOR)).isEqualTo(asked);
            assertThat(scrape.sum("hub_deliveries_total", "vendor", VENDOR, "outcome", "vendor_error"))
                    .isEqualTo(asked);
            assertThat(scrape.sum("hub_vendor_requests_seconds_count", "vendor", VENDOR))
                    .isEqualTo(asked);
            assertThat(vendor.findAll(anyRequestedFor(anyUrl()))).hasSize(asked);
        });
    }

    @Test
    void an_answer_that_cannot_be_read_is_a_failure_although_the_wire_was_well() {
        Instant began = Instant.now();
        answers(okJson("{\"resourceType\":\"Patient\"}"));
        askedEverySecond(ALICE);

        await().untilAsserted(() -> assertThat(
                        Scrape.of(ops).sum("hub_deliveries_total", "vendor", VENDOR, "outcome", "malformed"))
                .isPositive());
        Scrape scrape = Scrape.of(ops);
        assertThat(scrape.values("hub_deliveries_total", "outcome", "vendor", VENDOR))
                .containsExactly("malformed");
        assertThat(ops.json("/api/v1/connectors/" + VENDOR).path("state").asText())
                .isEqualTo("IN_TROUBLE");
        await().untilAsserted(() -> assertThat(
                        Scrape.of(ops).sum("hub_vendor_state", "vendor", VENDOR, "state", "in_trouble"))
                .isEqualTo(1));
        String tripped = Scrape.of(ops)
                .values(
                        "hub_vendor_trouble_since_timestamp_seconds",
                        "delivery",
                        "vendor",
                        VENDOR,
                        "trouble",
                        "malformed")
                .iterator()
                .next();
        assertThat(jdbc.queryForObject("""
                        SELECT id::text FROM connector_delivery WHERE source = ? AND fetched_at >= ?
                        ORDER BY fetched_at LIMIT 1""", String.class, VENDOR, Timestamp.from(began)))
                .isEqualTo(tripped);
    }

    @Test
    void every_slot_has_one_fate() {
        Instant start = Instant.now().plus(Duration.ofHours(2));
        answers(okJson(aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001")
                                .slot(aVendorSlot().from(start))
                                .slot(aVendorSlot().from(start.plusSeconds(3600)))
                                .slot(aVendorSlot()
                                        .from(start.plusSeconds(7200))
                                        .audience())))
                .toJson()));
        askedEverySecond(ALICE);

        await().untilAsserted(() -> {
            Scrape scrape = Scrape.of(ops);
            double deliveries = scrape.sum("hub_deliveries_total", "vendor", VENDOR, "outcome", "ok");
            assertThat(deliveries).isGreaterThanOrEqualTo(2);
            assertThat(fate(scrape, "accepted")).isEqualTo(2 * deliveries);
            assertThat(fate(scrape, "withheld") + fate(scrape, "rejected")).isEqualTo(deliveries);
            assertThat(scrape.sum("hub_index_slots_total", "vendor", VENDOR, "fate", "added"))
                    .isEqualTo(2);
            assertThat(scrape.sum("hub_index_slots_total", "vendor", VENDOR, "fate", "unchanged"))
                    .isEqualTo(2 * deliveries - 2);
        });
    }

    @Test
    void a_search_tells_how_long_it_took_how_much_it_found_how_old_that_was_and_what_spoiled_it() {
        answers(okJson(aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001")
                                .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(2))))))
                .toJson()));
        Descriptor.of(VENDOR).at(vendor.baseUrl()).roster(ALICE).dropInto(connectors);
        HubClient search = HubClient.at(port);
        await().until(() -> search.json(HubClient.slotsOf(Instant.now(), ALICE))
                        .path("total")
                        .asInt()
                == 1);
        Scrape before = Scrape.of(ops);

        search.json(HubClient.slotsOf(Instant.now(), ALICE));
        search.get("/fhir/Slot?start=nonsense");

        Scrape after = Scrape.of(ops);
        assertThat(grown(before, after, "hub_search_seconds_count")).isEqualTo(1);
        assertThat(grown(before, after, "hub_search_slots_sum")).isEqualTo(1);
        assertThat(grown(before, after, "hub_search_size_bytes_sum")).isGreaterThan(500);
        assertThat(grown(before, after, "hub_search_age_seconds_count", "vendor", VENDOR))
                .isEqualTo(1);
        assertThat(grown(before, after, "hub_fhir_refusals_total", "status", "400"))
                .isEqualTo(1);

        Descriptor.of(VENDOR)
                .at(vendor.baseUrl())
                .roster(ALICE, BRUNO)
                .status("paused")
                .dropInto(connectors);
        await().until(() ->
                ops.json("/api/v1/connectors/" + VENDOR).path("subjects").asInt() == 2);
        search.json(HubClient.slotsOf(Instant.now(), BRUNO));
        assertThat(Scrape.of(ops).sum("hub_search_spoiled_sources_total", "vendor", VENDOR, "kind", "paused"))
                .isEqualTo(1);
    }

    @Test
    void a_vendor_that_left_takes_its_figures_with_it() {
        answers(okJson(aBundle().toJson()));
        askedEverySecond(ALICE);
        await().until(() -> Scrape.of(ops).namesWith("vendor", VENDOR).contains("hub_deliveries_total"));

        Descriptor.of(VENDOR).removeFrom(connectors);

        await().untilAsserted(() -> {
            assertThat(Scrape.of(ops).namesWith("vendor", VENDOR)).isEmpty();
            assertThat(Scrape.of(ops).namesWith("routeId", "fetch-slots-from-" + VENDOR))
                    .isEmpty();
        });
    }

    @Test
    void alerts_and_dashboards_ask_for_figures_the_hub_gives() throws IOException {
        answers(serverError());
        askedEverySecond(ALICE);
        answers(serverError());
        await().until(() -> ops.get("/api/v1/connectors/" + VENDOR).body().contains("\"trouble\":\""));
        answers(okJson(aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001")
                                .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(2))))))
                .toJson()));
        await().until(() -> Scrape.of(ops).has("hub_index_slots_total", "vendor", VENDOR));
        HubClient.at(port).json(HubClient.slotsOf(Instant.now(), ALICE));
        HubClient.at(port).get("/fhir/Slot?start=nonsense");
        ghostSuspicions.found(new Source(VENDOR), 10, 0.3, true, Duration.ofHours(1));
        answers(serverError());
        Set<String> given = new TreeSet<>();
        await().atMost(Duration.ofSeconds(50)).untilAsserted(() -> {
            HubClient.at(port).json(HubClient.slotsOf(Instant.now(), ALICE));
            given.addAll(Scrape.of(ops).names());
            assertThat(given).containsAll(asked());
        });
    }

    /**
     * Those of the outbox are there when there is somebody to tell, those of Kafka and of the read replica when they are used; the
     * JVM's collector may not have paused yet.
     */
    private static Set<String> asked() throws IOException {
        Set<String> asked = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> walked = Files.walk(MONITORING)) {
            files = walked.filter(file -> file.toString().matches(".*(alarms\\.yml|\\.json)"))
                    .toList();
        }
        for (Path file : files) {
            Pattern.compile("\\b((?:hub|hikaricp|jvm|process|camel)_[a-z_]+)\\b")
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.startsWith("hub_outbox_")
                            && !name.startsWith("hub_kafka_")
                            && !name.startsWith("hub_changes_topic_")
                            && !name.startsWith("hub_search_replica_")
                            && !name.startsWith("jvm_gc_pause"))
                    .filter(name -> !name.equals("hub_failed"))
                    .forEach(asked::add);
        }
        assertThat(asked).hasSizeGreaterThan(20);
        return asked;
    }

    private void answers(com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(answer));
    }

    private static double fate(Scrape scrape, String fate) {
        return scrape.sum("hub_intake_entries_total", "vendor", VENDOR, "fate", fate);
    }

    private static double grown(Scrape before, Scrape after, String name, String... labels) {
        return after.sum(name, labels) - before.sum(name, labels);
    }
}
