package fr.sas.hub.health;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What ops and monitoring are told of vendors. */
@HubTest
class VendorStatesTest {

    private static final String VENDOR = "etat-de-sante";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private HubClient ops;

    @BeforeEach
    void a_vendor() {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(aBundle().toJson())));
        ops = HubClient.at(port).as("test-ops");
    }

    @AfterEach
    void leaves() {
        Descriptor.of(VENDOR).removeFrom(connectors);
        await().until(() -> !isKnown());
        vendor.stop();
    }

    @Test
    void a_vendor_is_up_while_it_answers_and_a_warning_with_its_trouble_when_it_fails() {
        Descriptor.of(VENDOR)
                .at(vendor.baseUrl())
                .roster("810000000001")
                .poll("every: 1s")
                .poll("idleEvery: 1s")
                .dropInto(connectors);
        await().until(() -> isKnown());
        await().until(() ->
                health().at("/components/" + VENDOR + "/status").asText().equals("UP"));
        assertThat(state().path("state").asText()).isEqualTo("ANSWERING");
        assertThat(state().path("subjects").asInt()).isEqualTo(1);

        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(serverError()));
        await().until(() ->
                health().at("/components/" + VENDOR + "/status").asText().equals("WARN"));
        assertThat(state().path("trouble").asText()).isEqualTo("vendor-error");
        assertThat(state().path("detail").asText()).isNotBlank();
        assertThat(state().hasNonNull("lastGoodAnswerAt"))
                .as(state().toString())
                .isTrue();
        JsonNode overall = ops.json("/actuator/health");
        assertThat(overall.path("status").asText()).isEqualTo("WARN");
        assertThat(overall.at("/components/db/status").asText()).isEqualTo("UP");
    }

    @Test
    void vendors_that_are_live_can_be_listed_to_be_named_and_those_on_trial_not() {
        Descriptor.of(VENDOR).dropInto(connectors);
        await().until(() -> isKnown());
        HubClient portal = HubClient.at(port).as("test-portal").actingFor("practitioner 899900000007");
        assertThat(portal.json("/api/v1/vendors").path("vendors"))
                .anyMatch(vendor ->
                        vendor.toString().equals("{\"id\":\"%s\",\"name\":\"%s\"}".formatted(VENDOR, VENDOR)));

        Descriptor.of(VENDOR).status("trial").dropInto(connectors);

        await().untilAsserted(() -> assertThat(portal.json("/api/v1/vendors").path("vendors"))
                .noneMatch(vendor -> vendor.path("id").asText().equals(VENDOR)));
    }

    @Test
    void a_refused_descriptor_is_shown_with_file_line_and_reason() throws IOException {
        Descriptor.of(VENDOR).dropInto(connectors);
        await().until(() -> isKnown());
        Files.writeString(
                connectors.resolve(VENDOR + ".yaml"),
                Descriptor.of(VENDOR).status("asleep").yaml());

        JsonNode refused = await().until(this::refused, file -> !file.isMissingNode());
        assertThat(refused.path("line").asInt()).isEqualTo(3);
        assertThat(refused.path("reason").asText()).contains("status");
        assertThat(state().path("status").asText()).isEqualTo("live");
    }

    /** What is said of this vendor's file; missing if it is not refused. */
    private JsonNode refused() {
        return StreamSupport.stream(
                        ops.json("/api/v1/connectors").path("refused").spliterator(), false)
                .filter(file -> file.path("file").asText().endsWith(VENDOR + ".yaml"))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private boolean isKnown() {
        return ops.get("/api/v1/connectors/" + VENDOR).statusCode() == 200;
    }

    private JsonNode state() {
        return ops.json("/api/v1/connectors/" + VENDOR);
    }

    private JsonNode health() {
        return ops.json("/actuator/health/vendors");
    }
}
