package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.*;
import static fr.sas.hub.testing.VendorBundle.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** One slot through the whole house: from a vendor's FHIR server to the platform's search. */
@HubTest
class SlotsFlowTest {

    private static final String ALICE = "810001234567";
    private static final String BRUNO = "810001234568";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final Instant start = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void a_vendor_with_one_slot() throws Exception {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address("1 rue des Tilleuls", "75001", "PARIS")
                                        .phone("+33199001122"))
                                .slot(aVendorSlot()
                                        .from(start)
                                        .lasting(15, ChronoUnit.MINUTES)
                                        .audience("PUBLIC")
                                        .mode("AMB")))
                        .toJson())));
        Files.writeString(
                connectors.resolve("agenda-soleil.yaml"),
                "vendor: agenda-soleil\nname: Agenda Soleil\nstatus: live\nbaseUrl: " + vendor.baseUrl()
                        + "\nflows: [individual]\npoll:\n  every: 1s\n  idleEvery: 1s\nroster: ['" + ALICE + "', '"
                        + BRUNO + "']\n");
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of("agenda-soleil").leaves(connectors, port);
        vendor.stop();
    }

    @Test
    void a_vendors_slot_is_found_with_its_source_and_its_age_and_leaves_with_the_vendor() throws Exception {
        await().until(() -> search().path("total").asInt() == 1);

        JsonNode slot = search().at("/entry/0/resource");
        assertThat(Instant.parse(
                        java.time.OffsetDateTime.parse(slot.path("start").asText())
                                .toInstant()
                                .toString()))
                .isEqualTo(start);
        assertThat(slot.at("/meta/source").asText()).isEqualTo("agenda-soleil");
        assertThat(search().toString()).contains("lastSourceSync").contains("+33199001122");

        Files.delete(connectors.resolve("agenda-soleil.yaml"));
        await().until(() -> search().path("total").asInt() == 0);
    }

    @Test
    void a_refusal_empties_every_answer_and_the_index_at_once_and_lifting_it_brings_the_slots_back() throws Exception {
        await().until(() -> search().path("total").asInt() == 1);

        settings("{\"vendorSlotsHidden\": true}");
        assertThat(search().path("total").asInt()).isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM index_slot WHERE source <> 'agenda' AND subject = ?", Long.class, ALICE))
                .isZero();
        vendor.resetRequests();
        await().until(() -> vendor.findAll(anyRequestedFor(anyUrl())).size() >= 2);
        assertThat(vendor.findAll(anyRequestedFor(anyUrl())))
                .allSatisfy(
                        request -> assertThat(request.getUrl()).contains(BRUNO).doesNotContain(ALICE));
        assertThat(search().path("total").asInt()).isZero();

        settings("{\"vendorSlotsHidden\": false}");
        await().until(() -> search().path("total").asInt() == 1);
    }

    private void settings(String json) throws Exception {
        HubClient.at(port).knows(ALICE);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/practitioners/" + ALICE + "/settings"))
                .header("Authorization", "Bearer test-portal")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode search() throws Exception {
        String query = "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + Instant.now()
                + "&start=le"
                + Instant.now().plus(Duration.ofHours(72))
                + "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + ALICE
                + "&status=free";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + query))
                .header("Authorization", "Bearer test-search")
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
