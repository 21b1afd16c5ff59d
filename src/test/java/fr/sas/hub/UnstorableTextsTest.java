package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPractitioner;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A character that the database or JSON cannot hold costs what it stands in, and nothing else. */
@HubTest
class UnstorableTextsTest {

    private static final String HALF_A_PAIR = "\uD83D";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @AfterEach
    void leaves() {
        Descriptor.of("agenda-soleil").leaves(connectors, port);
        vendor.stop();
    }

    @Test
    void one_in_an_id_a_name_a_town_or_a_code_leaves_everybody_in_the_answer() {
        String[] everybody =
                IntStream.range(0, 25).mapToObj(i -> "8999000" + (70100 + i)).toArray(String[]::new);
        VendorBundle bundle = aBundle();
        for (String one : everybody) {
            bundle.with(practitionerOf(one, everybody));
        }
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(bundle.toJson())));
        Descriptor.of("agenda-soleil").at(vendor.baseUrl()).roster(everybody).dropInto(connectors);

        String search = HubClient.slotsOf(Instant.now(), everybody);
        await().untilAsserted(() -> assertThat(
                        HubClient.at(port).json(search).path("total").asInt())
                .isEqualTo(25));
        JsonNode answer = HubClient.at(port).json(search);
        assertThat(answer.findValuesAsText("severity")).isEmpty();
        assertThat(answer.toString())
                .contains("DU\uFFFDRAND", "PAR\uFFFDIS", "75\uFFFD001", "1 rue\uFFFD des Tilleuls");
        JsonNode found =
                HubClient.json(HubClient.at(port).as("test-ops").get("/api/v1/connectors/agenda-soleil/rejections"));
        assertThat(found.toString()).contains("CHARACTER_REPLACED");
    }

    /** JSON has no such bytes: what is around them is read all the same. */
    @Test
    void a_byte_that_is_no_utf_8_and_a_raw_control_character_leave_everybody_in_the_answer() {
        String[] both = {"899900070141", "899900070142"};
        String bundle = aBundle()
                .with(practitionerNamed(both[0], "HxxLENE"))
                .with(practitionerNamed(both[1], "MAyyRIE"))
                .toJson();
        byte[] body = bundle.replace("xx", "\u00C9").replace("yy", "\0").getBytes(StandardCharsets.ISO_8859_1);
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/fhir+json")
                        .withBody(body)));
        Descriptor.of("agenda-soleil").at(vendor.baseUrl()).roster(both).dropInto(connectors);

        String search = HubClient.slotsOf(Instant.now(), both);
        await().untilAsserted(() -> assertThat(
                        HubClient.at(port).json(search).path("total").asInt())
                .isEqualTo(2));
        assertThat(HubClient.at(port).json(search).toString())
                .contains("H\uFFFDLENE", "MA\uFFFDRIE")
                .doesNotContain("severity");
    }

    private static VendorPractitioner practitionerNamed(String id, String family) {
        return aPractitioner(id, family, "Alice")
                .at(aPlace("17500" + id.substring(7))
                        .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(1)))));
    }

    /** The first few are spoiled, each somewhere else. */
    private static VendorPractitioner practitionerOf(String id, String... everybody) {
        int which = Arrays.asList(everybody).indexOf(id);
        var slot = aVendorSlot().id("slot-" + which).from(Instant.now().plus(Duration.ofHours(1)));
        var place = aPlace("17500" + (70100 + which)).address("1 rue des Tilleuls", "75001", "PARIS");
        return switch (which) {
            case 0 -> aPractitioner(id, "DURAND", "Alice").at(place.slot(slot.id("slo\0t-0")));
            case 1 -> aPractitioner(id, "DU\0RAND", "Alice").at(place.slot(slot));
            case 2 ->
                aPractitioner(id, "DURAND", "Alice" + HALF_A_PAIR)
                        .at(place.address("1 rue\0 des Tilleuls", "75\u0001001", "PAR\0IS")
                                .slot(slot));
            case 3 -> aPractitioner(id, "DURAND", "Alice").at(place.slot(slot.set("/specialty/0/text", HALF_A_PAIR)));
            case 4 -> aPractitioner(id, "DURAND", "Alice").at(place.slot(slot.set("/a\0b", "c\0d")));
            default -> aPractitioner(id, "DURAND", "Alice").at(place.slot(slot));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/practitioners/899900070090, test-portal, '{\"family\": \"DU\\u0000RAND\", \"places\": []}', family",
        "/api/v1/practitioners/899900070090, test-portal, '{\"family\": \"DURAND\", \"given\": [\"A\\ud83d\"]}', given[0]",
        "/api/v1/practitioners/899900070090, test-portal, '{\"family\": \"DURAND\", \"places\": [{\"structures\": [\"1750070090\"], \"postalCode\": \"75\\u0000001\"}]}', places[0].postalCode",
        "/api/v1/facilities/1750070090, test-portal, '{\"name\": \"Centre\", \"kind\": \"practice\", \"city\": \"PAR\\u0000IS\"}', city",
        "/api/v1/practitioners/899900070090/settings, test-portal, '{\"practiceLocations\": [\"a\\u0000\"]}', practiceLocations[0]"
    })
    void what_a_portal_writes_is_refused_with_the_field(String address, String token, String body, String field) {
        HttpResponse<String> refused = HubClient.at(port).as(token).put(address, body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/connectors/agenda-soleil/deliveries?about=%00, test-ops",
        "/fhir/Slot?status=fr%00ee, test-search",
        "/api/v1/directory/loads?name=%00, test-ops"
    })
    void a_query_with_nul_is_refused_at_every_door(String address, String token) {
        HttpResponse<String> refused = HubClient.at(port).as(token).get(address);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(List.of("application/problem+json", "application/fhir+json;charset=UTF-8"))
                .contains(refused.headers().firstValue("Content-Type").orElse(""));
    }
}
