package fr.sas.hub.push;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.asking.PublishedFiles;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A vendor with nothing but files on a web server is connected by its descriptor alone. */
@HubTest
class BulkPublicationsTest {

    private static final String FANNY = "899970000007";

    private final Instant first = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);
    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PublishedFiles files;

    private Deliverer platform;
    /** What the manifest names below {@code error}. */
    private String error = "";

    @BeforeEach
    void a_vendor_publishes_one_slot() {
        vendor.start();
        platform = new Deliverer(port, "push-bulk");
        publish("1", first);
        Descriptor.of("push-bulk")
                .at(vendor.baseUrl())
                .flows("bulk-publish")
                .poll("every: 1s")
                .roster(FANNY)
                .dropInto(connectors);
        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first));
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-bulk").removeFrom(connectors);
        await().until(() -> platform.found(FANNY).isEmpty());
        vendor.stop();
    }

    /** Everything, under a new version of the manifest. */
    private void publish(String version, Instant... starts) {
        Map<String, StringBuilder> files = files(starts);
        files.forEach((type, lines) -> vendor.stubFor(
                get(urlPathEqualTo("/" + type + version + ".ndjson")).willReturn(ok(lines.toString()))));
        manifest(
                version,
                "",
                files.keySet().stream().map(type -> file(type, version)).toArray(String[]::new));
    }

    private static Map<String, StringBuilder> files(Instant... starts) {
        var who = aPractitioner(FANNY, "BLANC", "Fanny")
                .at(aPlace("1750000027").address("7 rue des Tilleuls", "75007", "PARIS"));
        for (Instant start : starts) {
            who.slot(aVendorSlot().from(start));
        }
        Map<String, StringBuilder> files = new TreeMap<>();
        for (JsonNode entry : aBundle().with(who).toNode().path("entry")) {
            files.computeIfAbsent(entry.at("/resource/resourceType").asText(), type -> new StringBuilder())
                    .append(entry.path("resource"))
                    .append('\n');
        }
        return files;
    }

    private static String file(String type, String version) {
        return "{\"type\":\"" + type + "\",\"url\":\"" + type + version + ".ndjson\"}";
    }

    private void manifest(String version, String since, String... files) {
        vendor.stubFor(get(urlPathEqualTo("/$bulk-publish"))
                .willReturn(okJson("{\"transactionTime\":\"2026-01-01T00:00:0" + version + "Z\",\"request\":\""
                                + vendor.baseUrl() + "/$bulk-publish" + since + "\",\"output\":["
                                + String.join(",", files) + "],\"error\":[" + error + "]}")
                        .withHeader("ETag", "\"" + version + "\"")));
        vendor.stubFor(get(urlPathEqualTo("/$bulk-publish"))
                .withHeader("If-None-Match", equalTo("\"" + version + "\""))
                .willReturn(aResponse().withStatus(304)));
    }

    private Instant confirmedAt() {
        Instant at = jdbc.queryForObject(
                "SELECT confirmed_at FROM index_word WHERE source = 'push-bulk' AND subject = ?",
                (rs, row) -> rs.getTimestamp(1).toInstant(),
                FANNY);
        return java.util.Objects.requireNonNull(at);
    }

    @Test
    void what_is_published_is_found_and_an_unchanged_manifest_confirms_it() {
        Instant before = confirmedAt();

        await().until(() -> confirmedAt().isAfter(before.plusSeconds(1)));

        assertThat(vendor.findAll(getRequestedFor(urlPathEqualTo("/Slot1.ndjson"))))
                .hasSize(1);
        assertThat(platform.found(FANNY)).containsExactly(first);
    }

    @Test
    void another_publication_replaces_the_one_before() {
        publish("2", first.plusSeconds(1800), first.plusSeconds(3600));

        await().untilAsserted(() ->
                assertThat(platform.found(FANNY)).containsExactly(first.plusSeconds(1800), first.plusSeconds(3600)));
    }

    @Test
    void only_what_changed_may_be_published_to_those_who_ask_for_it() {
        await().until(() -> !vendor.findAll(getRequestedFor(urlPathEqualTo("/$bulk-publish"))
                        .withQueryParam("_since", equalTo("2026-01-01T00:00:01Z")))
                .isEmpty());
        String more = String.valueOf(files(first.plusSeconds(1800)).get("Slot"));
        vendor.stubFor(get(urlPathEqualTo("/Slot3.ndjson")).willReturn(ok(more)));
        manifest("3", "?_since=2026-01-01T00:00:01Z", file("Slot", "3"));

        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first, first.plusSeconds(1800)));
    }

    /** What cannot be told from any resource. */
    private static Stream<String> lostLines() {
        return Stream.of(
                "{\"resourceType\":\"Slot\",\"id\":\"cut",
                "{\"resourceType\":\"Slot\",\"id\":\"a_b\",\"status\":\"free\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p1\"}",
                "null");
    }

    @ParameterizedTest
    @MethodSource("lostLines")
    void a_line_that_is_lost_costs_itself_and_nothing_is_deleted(String line) {
        vendor.stubFor(get(urlPathEqualTo("/Slot4.ndjson"))
                .willReturn(ok(line + "\n" + files(first.plusSeconds(1800)).get("Slot"))));
        manifest("4", "", file("Slot", "4"));

        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first, first.plusSeconds(1800)));
        await().untilAsserted(() -> assertThat(HubClient.at(port)
                        .as("test-ops")
                        .json("/api/v1/connectors/push-bulk")
                        .toString())
                .contains("/Slot4.ndjson line 1"));

        publish("5", first.plusSeconds(1800));
        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first.plusSeconds(1800)));
    }

    @Test
    void a_line_that_names_its_resource_and_cannot_be_kept_costs_itself() {
        Map<String, StringBuilder> files = files(first.plusSeconds(1800));
        Objects.requireNonNull(files.get("Slot"))
                .append(String.valueOf(files(first.plusSeconds(3600)).get("Slot"))
                        .replace("\"status\"", "\"comment\":\"\\u0000\",\"status\""));
        files.forEach((type, lines) ->
                vendor.stubFor(get(urlPathEqualTo("/" + type + "3.ndjson")).willReturn(ok(lines.toString()))));
        manifest("3", "", files.keySet().stream().map(type -> file(type, "3")).toArray(String[]::new));

        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first.plusSeconds(1800)));
    }

    @Test
    void a_byte_order_mark_and_a_byte_of_latin_1_cost_nothing() {
        Map<String, StringBuilder> files = files(first.plusSeconds(1800));
        files.forEach((type, lines) -> vendor.stubFor(get(urlPathEqualTo("/" + type + "6.ndjson"))
                .willReturn(aResponse()
                        .withBody(("\u00EF\u00BB\u00BF" + lines.toString().replace("BLANC", "BL\u00C9NC"))
                                .getBytes(StandardCharsets.ISO_8859_1)))));
        manifest("6", "", files.keySet().stream().map(type -> file(type, "6")).toArray(String[]::new));

        await().untilAsserted(() -> assertThat(platform.found(FANNY)).containsExactly(first.plusSeconds(1800)));
        assertThat(platform.search(FANNY).toString()).contains("BL\u00C9NC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"information", "warning", "error", "fatal"})
    void a_publication_with_a_note_is_complete_unless_the_note_tells_of_an_error(String severity) {
        vendor.stubFor(get(urlPathEqualTo("/notes.ndjson"))
                .willReturn(ok("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"" + severity
                        + "\",\"code\":\"informational\"}]}\n")));
        error = "{\"type\":\"OperationOutcome\",\"url\":\"notes.ndjson\"}";
        publish("7", first.plusSeconds(1800));

        boolean complete = severity.equals("information") || severity.equals("warning");
        await().untilAsserted(() -> assertThat(platform.found(FANNY))
                .containsExactlyElementsOf(
                        complete ? List.of(first.plusSeconds(1800)) : List.of(first, first.plusSeconds(1800))));
    }

    @Test
    void a_redirect_is_followed_where_the_manifest_might_have_led_itself() {
        WireMockServer elsewhere =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        elsewhere.start();
        try {
            publish("8", first.plusSeconds(1800));
            vendor.stubFor(get(urlPathEqualTo("/Slot8.ndjson")).willReturn(temporaryRedirect("/moved/Slot8.ndjson")));
            vendor.stubFor(get(urlPathEqualTo("/moved/Slot8.ndjson"))
                    .willReturn(ok(String.valueOf(files(first.plusSeconds(3600)).get("Slot")))));
            manifest(
                    "9",
                    "",
                    files(first).keySet().stream().map(type -> file(type, "8")).toArray(String[]::new));
            await().untilAsserted(
                            () -> assertThat(vendor.findAll(getRequestedFor(urlPathEqualTo("/moved/Slot8.ndjson"))))
                                    .isNotEmpty());
            await().untilAsserted(() -> assertThat(platform.found(FANNY)).contains(first.plusSeconds(3600)));

            vendor.stubFor(get(urlPathEqualTo("/Slot8.ndjson"))
                    .willReturn(temporaryRedirect(elsewhere.baseUrl() + "/Slot8.ndjson")));
            manifest("0", "", file("Slot", "8"));
            await().untilAsserted(
                            () -> assertThat(platform.search(FANNY).toString()).contains("OperationOutcome"));
            assertThat(elsewhere.findAll(getRequestedFor(urlPathEqualTo("/Slot8.ndjson"))))
                    .isEmpty();
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void a_disk_that_is_full_is_no_fault_of_the_vendor() {
        assertThatThrownBy(() -> files.save(
                        new Source("push-bulk"),
                        URI.create(vendor.baseUrl() + "/Slot1.ndjson"),
                        Path.of("no-such-folder", "file"),
                        10_000))
                .isInstanceOfSatisfying(
                        PublishedFiles.NotFetched.class,
                        e -> assertThat(e.trouble().kind()).isEqualTo(Answer.Kind.HUB_FAILED));
    }

    @Test
    void a_server_that_fails_has_not_published_nothing() {
        vendor.stubFor(get(urlPathEqualTo("/$bulk-publish")).willReturn(serverError()));

        await().untilAsserted(
                        () -> assertThat(platform.search(FANNY).toString()).contains("OperationOutcome"));
        assertThat(platform.found(FANNY)).containsExactly(first);
    }

    @Test
    void files_on_servers_that_the_descriptor_does_not_name_are_not_fetched() {
        WireMockServer elsewhere =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        elsewhere.start();
        try {
            manifest("5", "", "{\"type\":\"Slot\",\"url\":\"" + elsewhere.baseUrl() + "/Slot5.ndjson\"}");

            await().untilAsserted(
                            () -> assertThat(platform.search(FANNY).toString()).contains("OperationOutcome"));
            assertThat(elsewhere.findAll(getRequestedFor(urlPathEqualTo("/Slot5.ndjson"))))
                    .isEmpty();
            assertThat(platform.found(FANNY)).containsExactly(first);
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void a_vendor_that_asks_for_patience_is_not_asked_before() {
        vendor.stubFor(get(urlPathEqualTo("/$bulk-publish"))
                .withHeader("If-None-Match", equalTo("\"1\""))
                .willReturn(aResponse().withStatus(304).withHeader("Cache-Control", "public, max-age=3600")));

        await().untilAsserted(() -> assertThat(jdbc.queryForObject(
                        "SELECT due_at > now() + interval '50 minutes' FROM push_publication WHERE vendor = 'push-bulk'",
                        Boolean.class))
                .isTrue());
        assertThat(vendor.findAll(
                        getRequestedFor(urlPathEqualTo("/$bulk-publish")).withHeader("If-None-Match", absent())))
                .hasSize(1);
    }
}
