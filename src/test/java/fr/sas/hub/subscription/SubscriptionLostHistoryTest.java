package fr.sas.hub.subscription;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.Standby;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database loses what receivers were told: they learn of it, and no event of what follows looks like one they know. */
class SubscriptionLostHistoryTest {

    private static final int PORT = FreePort.next();

    @TempDir
    Path connectors;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @Test
    void a_receiver_is_told_that_events_may_be_missing_when_a_standby_takes_over_that_had_not_received_everything() {
        try (Receiver receiver = new Receiver(PORT).accepting();
                StoppableDatabase primary = new StoppableDatabase();
                Standby standby = primary.standby();
                Node node = on(primary.address())) {
            LiveVendors.areIn(connectors, node.bean(Vendors.class));
            assertThat(node.client()
                            .post("/fhir/Subscription", Receiver.document(PORT, "full-resource", "", alice))
                            .statusCode())
                    .isEqualTo(201);
            say(node, 0, 1);
            patiently().until(() -> eventsOn(standby) > 0);
            long kept = eventsOn(standby);
            standby.stop();
            say(node, 1, 2);
            patiently().until(() -> lastEvent(receiver) > kept);
            long known = lastEvent(receiver);
            node.close();
            primary.close();
            int before = receiver.notifications().size();

            standby.start();
            standby.promote();

            try (Node after = on(standby.address())) {
                patiently().until(() -> receiver.notifications().size() > before);
                JsonNode notice = receiver.notifications().get(before);
                assertThat(Receiver.type(notice)).isEqualTo("heartbeat");
                assertThat(Receiver.error(notice)).isEqualTo(SubscriptionStatus.MAY_LACK_EVENTS);
                assertThat(Receiver.events(notice)).isGreaterThan(known);
                patiently().until(() -> after.bean(Vendors.class).find(SOLEIL).isPresent());
                say(after, 2, 3);
                patiently().until(() -> receiver.notifications().size() > before + 1);
                JsonNode next = receiver.notifications().get(before + 1);
                assertThat(Receiver.error(next)).isEmpty();
                assertThat(Receiver.events(next)).isGreaterThan(Receiver.events(notice));
                assertThat(receiver.eventNumbers()).as("no number twice").doesNotHaveDuplicates();
            }
        }
    }

    private static long eventsOn(Standby standby) {
        return Long.parseLong(standby.execute("SELECT coalesce(max(events), 0) FROM subscription"));
    }

    private static long lastEvent(Receiver receiver) {
        return receiver.eventNumbers().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private Node on(String database) {
        return Node.on(database, connectors)
                .with("hub.subscription.receivers=http://localhost:" + PORT)
                .start();
    }

    private void say(Node node, int later, int hours) {
        node.bean(AvailabilityIndex.class)
                .replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(later), alice)
                        .slot(now.plus(Duration.ofHours(hours)))
                        .batch());
    }

    /** Servers start and take over meanwhile. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
