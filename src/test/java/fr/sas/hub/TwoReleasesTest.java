package fr.sas.hub;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.LastRelease;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestDatabase;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.testing.UsesKafka;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last release and this one on one database (docs/upgrade.md): the old one serves, the new one migrates and serves beside it, and the old
 * one leaves.
 */
@UsesKafka
class TwoReleasesTest {

    private static final String VENDOR = "push-a";
    private static final String ALICE = "899970100001";
    private static final String BRUNO = "899970100002";
    private static final String CHLOE = "899970100003";
    private static final String DORA = "899970100004";
    /** Somebody to whom nothing happens. */
    private static final String EMIL = "899970100005";

    private final String database = TestDatabase.fresh();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path connectors;

    /** The old one hears of changes by PostgreSQL. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "kafka"})
    void both_serve_the_same_until_the_old_one_leaves_and_nobody_notices(String news) throws Exception {
        LastRelease release = LastRelease.built();
        Descriptor.of(VENDOR)
                .mode("push")
                .roster(ALICE, BRUNO, CHLOE, DORA, EMIL)
                .dropInto(connectors);
        try (Node oldNode = Node.on(database, connectors).startAlone("last-release", release)) {
            HubClient old = oldNode.awaitReady().client();
            List.of(ALICE, BRUNO, CHLOE, DORA).forEach(old::knows);
            awaitVendor(old);
            deliver(old, ALICE, 1, 2, 3);
            deliver(old, EMIL, 1, 2);
            assertThat(found(old, ALICE)).hasSize(3);
            try (Searching searching = new Searching(old);
                    Node freshNode = Node.on(database, connectors)
                            .with(
                                    "hub.news=" + news,
                                    "hub.kafka.brokers=" + TestKafka.address(),
                                    "hub.kafka.changes-topic=" + TestKafka.OTHER_CHANGES,
                                    "spring.datasource.hikari.maximum-pool-size=12")
                            .start()) {
                HubClient fresh = freshNode.client();
                searching.at(fresh);
                awaitVendor(fresh);

                whatOneIsToldTheOtherFinds(old, fresh);
                whatOneIsRefusedTheOtherHides(old, fresh);

                searching.noLongerAt(old);
                oldNode.leave();
                deliver(fresh, BRUNO, 1, 2, 6);
                assertThat(found(fresh, BRUNO)).hasSize(3);
                assertThat(found(fresh, CHLOE)).as("refused at the old one").isEmpty();
                assertThat(searching.failures()).isEmpty();
            }
        }
    }

    private void whatOneIsToldTheOtherFinds(HubClient old, HubClient fresh) {
        assertSame(old, fresh, ALICE, 3);
        deliver(old, ALICE, 1, 2, 3, 4);
        assertSame(old, fresh, ALICE, 4);
        deliver(fresh, BRUNO, 1, 2);
        assertSame(old, fresh, BRUNO, 2);
        deliver(old, CHLOE, 1);
        assertSame(old, fresh, CHLOE, 1);
        type(old, DORA, 1);
        assertSame(old, fresh, DORA, 1);
        type(fresh, DORA, 2);
        assertSame(old, fresh, DORA, 2);
    }

    private void whatOneIsRefusedTheOtherHides(HubClient old, HubClient fresh) {
        hide(old, BRUNO, true);
        await().until(() -> found(fresh, BRUNO).isEmpty());
        hide(fresh, BRUNO, false);
        assertSame(old, fresh, BRUNO, 2);
        hide(fresh, ALICE, true);
        await().until(() -> found(old, ALICE).isEmpty());
        hide(old, ALICE, false);
        assertSame(old, fresh, ALICE, 4);
        hide(old, CHLOE, true);
        await().until(() -> found(fresh, CHLOE).isEmpty());
    }

    /** Whichever prepared the answer last: each is asked after the other. */
    private void assertSame(HubClient old, HubClient fresh, String practitioner, int slots) {
        await().untilAsserted(() -> assertThat(found(old, practitioner)).hasSize(slots));
        await().untilAsserted(() -> assertThat(found(fresh, practitioner)).hasSize(slots));
        assertThat(found(fresh, practitioner)).isEqualTo(found(old, practitioner));
        assertThat(found(old, practitioner)).isEqualTo(found(fresh, practitioner));
    }

    /** Each slot with its id. */
    private Set<String> found(HubClient hub, String practitioner) {
        Set<String> slots = new TreeSet<>();
        for (JsonNode entry : hub.json(HubClient.slotsOf(now, practitioner)).path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("resourceType").asText().equals("Slot")) {
                slots.add(resource.path("start").asText() + " "
                        + resource.path("id").asText());
            }
        }
        return slots;
    }

    private static void awaitVendor(HubClient hub) {
        HubClient vendor = vendor(hub);
        await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
    }

    private void deliver(HubClient hub, String practitioner, int... hours) {
        var who = aPractitioner(practitioner, "FAURE", "Gilles")
                .at(aPlace("1750000028").address("8 rue des Tilleuls", "75008", "PARIS"));
        for (int hour : hours) {
            who.slot(aVendorSlot()
                    .id(practitioner + "-" + hour)
                    .from(now.plus(Duration.ofHours(hour)).truncatedTo(ChronoUnit.MINUTES)));
        }
        HubClient vendor = vendor(hub);
        HubClient.json(vendor.send(vendor.request("/fhir")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(
                        aTransaction().putting(aBundle().with(who)).toJson()))));
    }

    private static HubClient vendor(HubClient hub) {
        return hub.as("test-vendor-" + VENDOR);
    }

    /** At ten of the day after as many days. */
    private void type(HubClient hub, String practitioner, int days) {
        ZonedDateTime day = now.atZone(ZoneId.of("Europe/Paris")).plusDays(days);
        HttpResponse<String> typed = hub.as("test-portal")
                .post(
                        "/api/v1/practitioners/" + practitioner + "/agenda/entries",
                        "{\"place\": \"1750000001\", \"date\": \"%s\", \"start\": \"10:00\", \"end\": \"10:20\", \"modes\": [\"AMB\"]}"
                                .formatted(day.toLocalDate()));
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
    }

    private static void hide(HubClient hub, String practitioner, boolean hidden) {
        HubClient.json(hub.as("test-portal")
                .put("/api/v1/practitioners/" + practitioner + "/settings", "{\"vendorSlotsHidden\": " + hidden + "}"));
    }

    /** Somebody who searches all the time, at every node that takes requests. */
    private final class Searching implements AutoCloseable {

        private final Set<HubClient> hubs = new HashSet<>();
        private final List<String> failures = new ArrayList<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

        Searching(HubClient first) {
            at(first);
            clock.scheduleWithFixedDelay(this::search, 0, 50, TimeUnit.MILLISECONDS);
        }

        synchronized void at(HubClient hub) {
            hubs.add(hub);
        }

        /** None of its requests is under way there either. */
        synchronized void noLongerAt(HubClient hub) {
            hubs.remove(hub);
        }

        private synchronized void search() {
            for (HubClient hub : hubs) {
                try {
                    assertThat(found(hub, EMIL)).hasSize(2);
                } catch (AssertionError | RuntimeException e) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }
        }

        synchronized List<String> failures() {
            return List.copyOf(failures);
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }
}
