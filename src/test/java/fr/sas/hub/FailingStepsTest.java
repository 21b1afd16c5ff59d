package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** When a step of our own fails, it is told once, and what it was about is asked for again. */
@HubTest
@TestPropertySource(properties = "hub.connector.claim-margin=1s")
class FailingStepsTest {

    private static final String ALICE = "899900000021";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @MockitoSpyBean
    AvailabilityIndex index;

    @AfterEach
    void leaves() {
        Descriptor.of("agenda-soleil").leaves(connectors, port);
        vendor.stop();
    }

    @Test
    @CapturesOutput
    void a_delivery_that_could_not_be_indexed_is_told_once_and_asked_for_again(CapturedOutput output) {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(1))))))
                        .toJson())));
        doThrow(new IllegalStateException("no room for this delivery"))
                .doCallRealMethod()
                .when(index)
                .replace(any());
        Descriptor.of("agenda-soleil")
                .at(vendor.baseUrl())
                .roster(ALICE)
                .poll("timeout: 1s")
                .dropInto(connectors);

        await().until(() -> HubClient.at(port)
                        .json(HubClient.slotsOf(Instant.now(), ALICE))
                        .path("total")
                        .asInt()
                == 1);
        assertThat(output.getOut().lines().filter(line -> line.contains("no room for this delivery")))
                .singleElement()
                .asString()
                .contains("fetch-slots-from-agenda-soleil failed: IllegalStateException");
    }

    /** The vendor answered: nobody may read that it did not. */
    @Test
    void an_answer_that_the_hub_cannot_take_in_is_told_as_the_hubs_fault_and_not_as_the_vendors_silence() {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(aBundle().toJson())));
        doAnswer(call -> {
                    if (call.getArgument(0, ScreenedBatch.class).batch().answer() instanceof Answer.Complete) {
                        throw new IllegalStateException("no room on the disk");
                    }
                    return call.callRealMethod();
                })
                .when(index)
                .replace(any());
        Descriptor.of("agenda-soleil")
                .at(vendor.baseUrl())
                .roster(ALICE)
                .poll("timeout: 1s")
                .dropInto(connectors);

        await().untilAsserted(() -> assertThat(told()).startsWith("hub-failed: agenda-soleil cannot be queried"));
        assertThat(told())
                .contains("because the hub itself is failing (its answer could not be processed)", "never confirmed");
    }

    @Test
    void a_vendor_that_the_hub_cannot_even_ask_is_not_said_to_be_silent() {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(aBundle().toJson())));
        jdbc.execute("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN RAISE EXCEPTION 'no room on the disk'; END $$");
        jdbc.execute("CREATE TRIGGER no_room BEFORE UPDATE ON connector_target EXECUTE FUNCTION no_room()");
        try {
            Descriptor.of("agenda-soleil").at(vendor.baseUrl()).roster(ALICE).dropInto(connectors);

            await().untilAsserted(() -> assertThat(told()).startsWith("hub-failed: agenda-soleil cannot be queried"));
        } finally {
            jdbc.execute("DROP TRIGGER no_room ON connector_target");
            jdbc.execute("DROP FUNCTION no_room");
        }
        await().untilAsserted(() -> assertThat(told()).isEmpty());
    }

    /** What the last entry of an answer says is wrong; empty when nothing is. */
    private String told() {
        JsonNode issue = HubClient.at(port)
                .json(HubClient.slotsOf(Instant.now(), ALICE))
                .findPath("issue")
                .path(0);
        return issue.isMissingNode()
                ? ""
                : issue.at("/details/coding/0/code").asText() + ": "
                        + issue.path("diagnostics").asText();
    }
}
