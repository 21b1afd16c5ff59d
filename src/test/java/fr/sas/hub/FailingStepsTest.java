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
import static org.mockito.Mockito.doThrow;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** When a step of our own fails, it is told once, and what it was about is asked for again. */
@HubTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "hub.connector.claim-margin=1s")
class FailingStepsTest {

    private static final String ALICE = "899900000021";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @MockitoSpyBean
    AvailabilityIndex index;

    @AfterEach
    void leaves() {
        Descriptor.of("agenda-soleil").removeFrom(connectors);
        vendor.stop();
    }

    @Test
    void a_delivery_that_could_not_be_indexed_is_told_once_and_asked_for_again(CapturedOutput output) {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(1))))))
                        .toJson())));
        doThrow(new IllegalStateException("no room on the disk"))
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
        assertThat(output.getOut().lines().filter(line -> line.contains("no room on the disk")))
                .singleElement()
                .asString()
                .contains("fetch-slots-from-agenda-soleil failed: IllegalStateException");
    }
}
