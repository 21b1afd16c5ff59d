package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The two vendors that {@code docker-compose.yml} starts answer as vendors do: their files, played here, fill the hub. */
@HubTest
class FakeVendorsOfComposeTest {

    private static final Path VENDORS = Path.of("docs/monitoring/vendors");
    private static final String OF_BOTH = "899900007102";

    private final WireMockServer soleil = vendor("agenda-soleil");
    private final WireMockServer lune = vendor("rdv-lune");

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private static WireMockServer vendor(String id) {
        return new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .usingFilesUnderDirectory(VENDORS.resolve(id).toString())
                .globalTemplating(true));
    }

    @AfterEach
    void leave() throws IOException {
        Files.deleteIfExists(connectors.resolve("compose-agenda-soleil.yaml"));
        Files.deleteIfExists(connectors.resolve("compose-rdv-lune.yaml"));
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> !ops.get("/api/v1/connectors").body().contains("compose-"));
        soleil.stop();
        lune.stop();
    }

    @Test
    void their_slots_are_found_merged_where_both_know_the_same_and_nothing_is_rejected() throws IOException {
        start(soleil, "agenda-soleil");
        start(lune, "rdv-lune");
        HubClient search = HubClient.at(port);

        await().until(() -> search.json(HubClient.slotsOf(Instant.now(), OF_BOTH))
                        .path("total")
                        .asInt()
                == 3);

        HubClient ops = search.as("test-ops");
        for (String id : new String[] {"agenda-soleil", "rdv-lune"}) {
            JsonNode rejections = ops.json("/api/v1/connectors/compose-" + id + "/rejections");
            assertThat(rejections.path("latest")).as(rejections.toString()).isEmpty();
        }
    }

    /** As docker-compose does, but at this machine's port and by a name that no other test has. */
    private void start(WireMockServer vendor, String id) throws IOException {
        vendor.start();
        String descriptor = Files.readString(VENDORS.resolve("connectors").resolve(id + ".yaml"))
                .replace("vendor: " + id, "vendor: compose-" + id)
                .replace("http://" + id + ":8080", vendor.baseUrl());
        Files.writeString(connectors.resolve("compose-" + id + ".yaml"), descriptor);
    }
}
