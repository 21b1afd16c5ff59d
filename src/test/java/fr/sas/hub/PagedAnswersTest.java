package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Answers in pages, as real servers link them: what came is found, whatever became of the rest. */
@HubTest
class PagedAnswersTest {

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @BeforeEach
    void starts() {
        vendor.start();
    }

    @AfterEach
    void leaves() {
        Descriptor.of("agenda-pages").leaves(connectors, port);
        vendor.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "899900070201, ?page=2",
        "899900070202, Slot?page=2&ids=[a|b]{c}",
        "899900070203, ''",
        "899900070204, itself"
    })
    void a_link_of_any_right_or_forgivable_form_is_followed_and_nothing_is_told_to_be_missing(
            String practitioner, String next) {
        boolean more = next.contains("page=2");
        vendor.stubFor(get(urlPathEqualTo("/r4/Slot"))
                .withQueryParam("page", absent())
                .willReturn(okJson(page(practitioner, 1)
                                .total(more ? 2 : 1)
                                .next(next.replace("itself", "{{{request.url}}}"))
                                .toJson())
                        .withTransformers(next.equals("itself") ? "response-template" : "none")));
        vendor.stubFor(get(urlPathEqualTo("/r4/Slot"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(okJson(page(practitioner, 2).total(2).toJson())));
        connect(practitioner);

        await().untilAsserted(() ->
                assertThat(found(practitioner).path("total").asInt()).isEqualTo(more ? 2 : 1));
        assertThat(found(practitioner).findPath("issue")).isEmpty();
    }

    /** DOMAIN §7.4: a part of an answer deletes nothing, and what came counts, even from a vendor that never answered completely. */
    @Test
    void what_came_before_a_lost_page_is_found_as_unverified_and_told_to_be_a_part() {
        String practitioner = "899900070205";
        vendor.stubFor(get(urlPathEqualTo("/r4/Slot"))
                .withQueryParam("page", absent())
                .willReturn(
                        okJson(page(practitioner, 1).total(2).next("?page=2").toJson())));
        vendor.stubFor(get(urlPathEqualTo("/r4/Slot"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(notFound()));
        connect(practitioner);

        await().untilAsserted(() ->
                assertThat(found(practitioner).path("total").asInt()).isEqualTo(1));
        JsonNode answer = found(practitioner);
        assertThat(answer.at("/entry/0/resource/meta/tag/0/code").asText()).isEqualTo("unverified");
        assertThat(answer.findPath("issue").at("/0/details/coding/0/code").asText())
                .isEqualTo("incomplete");
        assertThat(answer.findPath("issue").at("/0/diagnostics").asText())
                .contains("page 2: HTTP 404")
                .contains("never confirmed");
    }

    private static VendorBundle page(String practitioner, int number) {
        return aBundle()
                .with(aPractitioner(practitioner, "DURAND", "Alice")
                        .at(aPlace("1750070201")
                                .slot(aVendorSlot()
                                        .id("slot-" + number)
                                        .from(Instant.now().plus(Duration.ofHours(number))))));
    }

    private void connect(String practitioner) {
        Descriptor.of("agenda-pages")
                .at(vendor.baseUrl() + "/r4")
                .roster(practitioner)
                .dropInto(connectors);
    }

    private JsonNode found(String practitioner) {
        return HubClient.at(port).json(HubClient.slotsOf(Instant.now(), practitioner));
    }
}
