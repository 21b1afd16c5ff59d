package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** A hub that publishes every second what a vendor offers, a platform that searches, and a reader of the files. */
@HubTest
@TestPropertySource(properties = {"hub.publish.every=1s", "hub.publish.patience=20s"})
abstract class PublishingHub {

    static final StructureId CPTS = new StructureId("1930000012");

    final Instant first = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofHours(3));
    final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    EditionTables tables;

    @Autowired
    JdbcTemplate jdbc;

    HubClient platform;
    PublishedSlots reader;
    OfferedBySoleil soleil;

    @BeforeEach
    void a_platform_and_a_vendor() {
        platform = HubClient.at(port);
        reader = new PublishedSlots(platform);
        soleil = new OfferedBySoleil(index, connectors, vendors);
    }

    Instant in(int minutes) {
        return first.plus(Duration.ofMinutes(minutes));
    }

    void awaitSlotsOf(PractitionerId who, int count) {
        await().untilAsserted(
                        () -> assertThat(reader.readAll().slotsOf(who.value())).hasSize(count));
    }

    void refuse(PractitionerId who) {
        platform.knows(who.value());
        HubClient.json(platform.as("test-portal")
                .put("/api/v1/practitioners/" + who + "/settings", "{\"vendorSlotsHidden\": true}"));
    }
}
