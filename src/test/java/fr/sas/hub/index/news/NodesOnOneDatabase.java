package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;

/** What is written at one node, and what the others answer that have the old answer in memory. */
abstract class NodesOnOneDatabase {

    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Vendors vendors;

    @BeforeEach
    void vendors_are_there() {
        LiveVendors.areIn(connectors, vendors);
    }

    /** With a slot in an hour, which the nodes then hold in memory. */
    void isShownBy(PractitionerId one, HubClient... nodes) {
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now, one).slot(in(1)).batch());
        for (HubClient node : nodes) {
            assertThat(slotsSeenBy(node, one)).isEqualTo(1);
        }
    }

    /** To take part, as one node is told. */
    static void refuses(PractitionerId one, ApplicationEventPublisher node) {
        node.publishEvent(new ParticipationChanged(
                one,
                Settings.DEFAULT,
                Settings.builder().vendorSlotsHidden(true).build()));
    }

    int slotsSeenBy(HubClient node, PractitionerId... practitioners) {
        String[] values =
                Arrays.stream(practitioners).map(PractitionerId::value).toArray(String[]::new);
        return node.json(HubClient.slotsOf(now, values)).path("total").asInt();
    }

    /** Of the index: {@code UP} or {@code WARN}. */
    static String readinessOf(HubClient node) {
        return node.json("/actuator/health/readiness")
                .at("/components/index/status")
                .asText();
    }

    /** Nothing but news takes an answer out of another node's memory: without them it would never happen. */
    static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    /** Not one of the hub's pool: whatever a session holds, such as an advisory lock, is gone when it is closed. */
    Connection connectionOfItsOwn() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "");
    }

    Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
