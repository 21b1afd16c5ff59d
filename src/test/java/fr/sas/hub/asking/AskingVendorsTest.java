package fr.sas.hub.asking;

import static com.github.tomakehurst.wiremock.client.WireMock.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.SubjectsSearched;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.DescriptorReader;
import fr.sas.hub.vendor.Descriptors;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whom the hub asks, when, and what it makes of each way a vendor can answer: over HTTP, with the real routes. */
@HubTest
class AskingVendorsTest {

    private static final String NOTHING_FREE = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().asynchronousResponseEnabled(true));

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Vendors vendors;

    @Autowired
    DescriptorReader reader;

    @Autowired
    Roster roster;

    @Autowired
    Descriptors descriptors;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Clock clock;

    @BeforeEach
    void a_vendor_that_has_nothing_free() {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(NOTHING_FREE)));
    }

    @AfterEach
    void the_vendor_leaves() throws IOException {
        try (var files = Files.list(connectors)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        await().until(() -> vendors.list().isEmpty());
        vendor.stop();
    }

    @Test
    void a_descriptor_dropped_into_the_folder_is_asked_for_its_roster_in_the_guides_words() throws IOException {
        connect("neuf", "roster: ['810000000001', '810000000002']");

        await().untilAsserted(() -> vendor.verify(getRequestedFor(urlPathEqualTo("/Slot"))
                .withQueryParam("_include", equalTo("Slot:schedule"))
                .withQueryParam("_include:iterate", equalTo("Schedule:actor"))
                .withQueryParam("status", equalTo("free"))
                .withQueryParam("start", matching("ge.*\\.\\d{3}\\+0[12]:00"))
                .withQueryParam(
                        "schedule.actor:Practitioner.identifier",
                        matching(".*urn:oid:1.2.250.1.71.4.2.1\\|810000000001.*"))
                .withHeader("Accept", containing("application/json+fhir"))
                .withHeader("Accept", containing("application/fhir+json"))));
    }

    @Test
    void sixty_practitioners_are_asked_for_in_batches_of_twenty_five_each_once() throws IOException {
        connect("lots", "roster: " + listed(60));

        await().until(() -> asked().size() == 60);
        assertThat(vendor.findAll(getRequestedFor(urlPathEqualTo("/Slot")))).hasSize(3);
    }

    @Test
    void a_wrong_descriptor_is_refused_with_file_line_and_reason_while_its_last_good_version_stays()
            throws IOException {
        connect("soigneux", "roster: ['810000000001']");
        await().until(() -> !asked().isEmpty());

        Files.writeString(connectors.resolve("soigneux.yaml"), "vendor: soigneux\nname: Soigneux\nstatus: sleeping\n");
        await().until(() -> !descriptors.refusals().isEmpty());

        assertThat(descriptors.refusals().getFirst().file()).endsWith("soigneux.yaml");
        assertThat(descriptors.refusals().getFirst().reason()).isNotBlank();
        assertThat(vendors.find(new Source("soigneux")).map(Vendor::status)).contains(Vendor.Status.LIVE);
    }

    @Test
    void an_unknown_key_is_refused_at_its_line() {
        String text =
                "vendor: v\nname: V\nstatus: live\nbaseUrl: http://v.example\nflows: [individual]\npoll:\n  evry: 60s\n";

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                DescriptorReader.Refused.class, () -> reader.read("v", text))
                        .line())
                .isEqualTo(7);
    }

    @Test
    void a_secret_that_is_not_configured_is_refused_at_its_line() {
        String text = "vendor: v\nname: V\nstatus: live\nbaseUrl: http://v.example\nflows: [individual]\n"
                + "auth:\n  type: bearer\n  secret: v-token\n";

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        DescriptorReader.Refused.class, () -> reader.read("v", text)))
                .hasMessageContaining("hub.secrets.v-token")
                .satisfies(refused -> assertThat(refused.line()).isEqualTo(8));
    }

    @Test
    void credentials_in_the_address_are_refused_at_its_line_and_not_repeated() {
        String text = "vendor: v\nname: V\nstatus: live\nbaseUrl: https://me:pw@v.example\nflows: [individual]\n";

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        DescriptorReader.Refused.class, () -> reader.read("v", text)))
                .hasMessageContaining("baseUrl: must not contain credentials")
                .hasMessageNotContaining("pw")
                .satisfies(refused -> assertThat(refused.line()).isEqualTo(4));
    }

    @Test
    void a_practitioner_who_refuses_is_not_asked_for_any_more_and_at_once_again_when_the_refusal_is_lifted()
            throws IOException {
        PractitionerId refusing = Batches.practitioner(1);
        connect("poli", "roster: " + listed(2), "every: 1s", "idleEvery: 1s");
        await().until(() -> asked().contains(refusing.value()));

        roster.practitionerSays(refusing, false, Set.of());
        vendor.resetRequests();
        await().until(() ->
                vendor.findAll(getRequestedFor(urlPathEqualTo("/Slot"))).size() >= 2);
        assertThat(asked()).doesNotContain(refusing.value());

        roster.practitionerSays(refusing, true, Set.of());
        await().until(() -> asked().contains(refusing.value()));
    }

    @Test
    void a_practitioner_searched_for_is_asked_for_again_as_often_as_demand_wants() throws IOException {
        connect("veille", "roster: " + listed(2), "every: 1s", "idleEvery: 15m");
        await().until(() -> asked().size() == 2);
        vendor.resetRequests();

        events.publishEvent(new SubjectsSearched(List.of(Batches.practitioner(1)), clock.instant()));

        await().until(() ->
                vendor.findAll(getRequestedFor(urlPathEqualTo("/Slot"))).size() >= 2);
        assertThat(asked()).containsExactly(Batches.practitioner(1).value());
    }

    @Test
    void a_practitioner_searched_for_before_the_vendor_came_is_in_demand_there_too_from_the_next_search_on()
            throws IOException {
        PractitionerId searched = Batches.practitioner(1);
        events.publishEvent(new SubjectsSearched(List.of(searched), clock.instant()));
        connect("tardif", "roster: " + listed(2), "every: 1s", "idleEvery: 15m");
        await().until(() -> asked().size() == 2);
        vendor.resetRequests();

        events.publishEvent(new SubjectsSearched(List.of(searched), clock.instant()));

        await().until(() -> asked().contains(searched.value()));
    }

    @Test
    void a_paused_vendor_is_not_asked() throws IOException {
        connect("calme", "roster: " + listed(1), "every: 1s", "idleEvery: 1s");
        await().until(() -> !asked().isEmpty());
        Files.writeString(
                connectors.resolve("calme.yaml"),
                Files.readString(connectors.resolve("calme.yaml")).replace("status: live", "status: paused"));
        await().until(() -> vendors.find(new Source("calme"))
                .map(Vendor::status)
                .equals(java.util.Optional.of(Vendor.Status.PAUSED)));

        whileAnotherVendorIsAskedTwice();
        assertThat(asked()).isEmpty();
    }

    @Test
    void pages_are_followed_on_the_same_server() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(withNext(vendor.baseUrl() + "/page2"))));
        vendor.stubFor(get(urlPathEqualTo("/page2")).willReturn(okJson(NOTHING_FREE)));
        connect("pages", "roster: " + listed(1));

        assertThat(answer("pages")).isEqualTo(Map.of("answer", "COMPLETE", "pages", 2));
    }

    @Test
    void a_next_page_that_loops_makes_the_delivery_partial() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(withNext(vendor.baseUrl() + "/page2"))));
        vendor.stubFor(get(urlPathEqualTo("/page2")).willReturn(okJson(withNext(vendor.baseUrl() + "/page2"))));
        connect("boucle", "roster: " + listed(1));

        assertThat(answer("boucle")).isEqualTo(Map.of("answer", "PARTIAL", "trouble", "PAGES_LOOP", "pages", 2));
    }

    @Test
    void a_page_that_is_lost_or_lies_on_another_server_makes_the_delivery_partial() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(withNext("/gone"))));
        connect("perdu", "roster: " + listed(1));
        assertThat(answer("perdu")).isEqualTo(Map.of("answer", "PARTIAL", "trouble", "PAGE_LOST", "pages", 1));

        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(withNext("http://127.0.0.2:9/elsewhere"))));
        connect("ailleurs", "roster: " + listed(1));
        assertThat(answer("ailleurs")).isEqualTo(Map.of("answer", "PARTIAL", "trouble", "PAGE_LOST", "pages", 1));
    }

    @Test
    void every_way_to_fail_is_told_apart() throws IOException {
        Map<String, ResponseDefinitionBuilder> faults = Map.of(
                "VENDOR_ERROR", serverError(),
                "THROTTLED", status(429).withHeader("Retry-After", "30"),
                "REFUSED", status(403),
                "REDIRECTED", temporaryRedirect("http://127.0.0.2:9/"),
                "MALFORMED", ok("<html>Maintenance</html>"),
                "UNREACHABLE", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                "TIMED_OUT", okJson(NOTHING_FREE).withFixedDelay(5_000));
        for (var fault : faults.entrySet()) {
            vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(fault.getValue()));
            String name = fault.getKey().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            connect(name, "roster: " + listed(1), "timeout: 1s");
            assertThat(answer(name)).containsEntry("answer", "FAILED").containsEntry("trouble", fault.getKey());
        }
    }

    @Test
    void a_vendor_that_drips_is_cut_off_at_its_deadline() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(NOTHING_FREE.repeat(100)).withChunkedDribbleDelay(50, 20_000)));
        connect("goutte", "roster: " + listed(1), "timeout: 1s");

        assertThat(answer("goutte")).containsEntry("trouble", "TIMED_OUT");
    }

    @Test
    void retry_after_is_obeyed() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(status(503).withHeader("Retry-After", "600")));
        connect("repos", "roster: " + listed(1), "every: 1s", "idleEvery: 1s");
        await().until(() -> !asked().isEmpty());

        whileAnotherVendorIsAskedTwice();
        assertThat(asked()).isEmpty();
    }

    /** Another vendor, asked every second, joins; from its first question on, only later questions are seen. */
    private void whileAnotherVendorIsAskedTwice() throws IOException {
        vendor.stubFor(get(urlPathEqualTo("/witness/Slot")).willReturn(okJson(NOTHING_FREE)));
        connect("witness", "/witness", "roster: " + listed(1), new String[] {"every: 1s", "idleEvery: 1s"});
        await().until(() -> askedOfWitness() > 0);
        vendor.resetRequests();
        await().until(() -> askedOfWitness() >= 2);
    }

    private int askedOfWitness() {
        return vendor.findAll(getRequestedFor(urlPathEqualTo("/witness/Slot"))).size();
    }

    private void connect(String id, String roster, String... poll) throws IOException {
        connect(id, "", roster, poll);
    }

    private void connect(String id, String path, String roster, String[] poll) throws IOException {
        String polling = poll.length == 0 ? "" : "poll:\n  " + String.join("\n  ", poll) + "\n";
        Files.writeString(
                connectors.resolve(id + ".yaml"),
                "vendor: " + id + "\nname: " + id + "\nstatus: live\nbaseUrl: " + vendor.baseUrl() + path
                        + "\nflows: [individual]\n" + polling + roster + "\n");
    }

    private static String listed(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "'" + Batches.practitioner(number) + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String withNext(String next) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\",\"url\":\"" + next
                + "\"}]}";
    }

    private Set<String> asked() {
        return vendor.findAll(getRequestedFor(urlPathEqualTo("/Slot"))).stream()
                .flatMap(request -> request.queryParameter("schedule.actor:Practitioner.identifier").values().stream())
                .flatMap(value -> java.util.Arrays.stream(value.split(",")))
                .map(token -> token.substring(token.indexOf('|') + 1))
                .collect(Collectors.toSet());
    }

    /** The first delivery kept of a vendor: its answer, trouble and pages. */
    private Map<String, Object> answer(String vendorId) {
        await().until(() ->
                jdbc.queryForObject("SELECT count(*) FROM connector_delivery WHERE source = ?", Long.class, vendorId)
                        > 0);
        Map<String, Object> row = jdbc.queryForMap(
                "SELECT answer, trouble, cardinality(pages) AS pages FROM connector_delivery WHERE source = ? ORDER BY fetched_at LIMIT 1",
                vendorId);
        row.values().removeIf(java.util.Objects::isNull);
        return row;
    }
}
