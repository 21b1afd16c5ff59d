package fr.sas.hub.subscription;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.Scrape;
import fr.sas.hub.testing.TestDatabase;
import fr.sas.hub.testing.Transaction;
import fr.sas.hub.testing.VendorPractitioner;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A hub in a process of its own is killed (kill -9) after a receiver has taken its notification, and before the receiver has answered; another
 * one goes on.
 */
class KilledWhileNotifyingTest {

    private static final String VENDOR = "push-a";

    private final int port = FreePort.next();
    private final String database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", "postgres"));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final PractitionerId alice = Batches.newPractitioner();
    private final Receiver receiver = new Receiver(port);

    @TempDir
    Path connectors;

    @BeforeEach
    void a_vendor_and_a_receiver() {
        Descriptor.of(VENDOR).mode("push").roster(alice.value()).dropInto(connectors);
        receiver.accepting();
    }

    @AfterEach
    void the_receiver_leaves() {
        receiver.close();
    }

    @Test
    void another_hub_repeats_the_events_under_their_numbers_and_nothing_is_lost() {
        try (Node one = hub().startAlone("notifying-hub-0");
                Node other = hub().startAlone("notifying-hub-1")) {
            whoseReceiverHolds(one.awaitReady(), 1, 2);
            other.awaitReady();
            int taken = takesAndSaysNothing(one, 2, 3);
            Node survivor = isNotifying(one) ? other : one;
            Node killed = survivor == one ? other : one;
            assertThat(isNotifying(killed)).isTrue();
            assertThat(isNotifying(survivor)).isFalse();

            killed.kill();
            receiverBehaves();
            theClaimExpires();

            await().until(() -> receiver.notifications().size() > taken + 1);
            assertThat(receiver.events(taken)).hasSizeGreaterThan(1);
            assertThat(receiver.events(taken + 1)).isEqualTo(receiver.events(taken));
            deliver(survivor, 3, 4);
            await().untilAsserted(() -> assertThat(receiver.slots()).isEqualTo(found(survivor)));
            assertThat(receiver.events(taken + 2).firstKey())
                    .as("no gap")
                    .isEqualTo(receiver.events(taken).lastKey() + 1);
        }
    }

    /** The receiver ignores numbers that it has seen: what it has not seen comes under others. */
    @Test
    void what_has_changed_before_another_hub_goes_on_is_not_taken_for_a_repetition() {
        int taken;
        try (Node killed = hub().startAlone("notifying-hub-2")) {
            whoseReceiverHolds(killed.awaitReady(), 1, 2);
            taken = takesAndSaysNothing(killed, 2, 3);
            long told = written();
            deliver(killed, 2, 4);
            await().until(() -> written() > told);
            killed.kill();
        }
        receiverBehaves();
        theClaimExpires();

        try (Node next = hub().start()) {
            await().until(() -> receiver.notifications().size() > taken + 1);
            await().untilAsserted(() -> assertThat(found(next)).hasSize(2));
            await().untilAsserted(() -> assertThat(receiver.slots()).isEqualTo(found(next)));
        }
    }

    /** A call lasts longer than the test. */
    private Node.Setup hub() {
        return Node.on(database, connectors)
                .with(
                        "hub.subscription.receivers=http://localhost:" + port,
                        "hub.subscription.timeout=50s",
                        "hub.outbox.claim=10m",
                        "camel.metrics.enable-exchange-event-notifier=true");
    }

    private void whoseReceiverHolds(Node hub, int... hours) {
        HubClient vendor = vendor(hub);
        await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
        HttpResponse<String> created =
                hub.client().post("/fhir/Subscription", Receiver.document(port, "id-only", "", alice));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        deliver(hub, hours);
        await().untilAsserted(() -> assertThat(receiver.slots()).hasSize(hours.length));
        assertThat(receiver.slots()).isEqualTo(found(hub));
        await("its answer is recorded").until(() -> letters() == 0);
    }

    /** The notification that it took. */
    private int takesAndSaysNothing(Node hub, int... hours) {
        int before = receiver.notifications().size();
        receiver.server().stubFor(post(urlPathEqualTo(Receiver.HOOK)).willReturn(ok().withFixedDelay(600_000)));
        deliver(hub, hours);
        await().until(() -> receiver.notifications().size() > before);
        return before;
    }

    private void receiverBehaves() {
        receiver.server().stubFor(post(urlPathEqualTo(Receiver.HOOK)).willReturn(ok()));
    }

    private static boolean isNotifying(Node hub) {
        return Scrape.of(hub.client().as("test-ops"))
                        .sum("camel_exchanges_inflight", "routeId", SubscriptionRow.CHANNEL)
                > 0;
    }

    private void theClaimExpires() {
        assertThat(jdbc.update("UPDATE outbox_letter SET claimed_until = now() WHERE claimed_until > now()"))
                .isEqualTo(1);
    }

    private long letters() {
        return count("SELECT count(*) FROM outbox_letter");
    }

    /** How far changes have been written down. */
    private long written() {
        return count("SELECT position FROM changes_head");
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? -1 : count;
    }

    /** From now on these are free, of the hours that the test speaks of. */
    private void deliver(Node hub, int... hours) {
        VendorPractitioner who = aPractitioner(alice.value(), "FAURE", "Gilles")
                .at(aPlace("1750000028").address("8 rue des Tilleuls", "75008", "PARIS"));
        for (int hour : hours) {
            who.slot(aVendorSlot().id("slot-" + hour).from(now.plus(Duration.ofHours(hour))));
        }
        Transaction delivery = aTransaction().putting(aBundle().with(who));
        IntStream.rangeClosed(1, 4)
                .filter(hour -> IntStream.of(hours).noneMatch(free -> free == hour))
                .forEach(hour -> delivery.delete("Slot/slot-" + hour));
        HubClient vendor = vendor(hub);
        HubClient.json(vendor.send(vendor.request("/fhir")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(delivery.toJson()))));
    }

    private static HubClient vendor(Node hub) {
        return hub.client().as("test-vendor-" + VENDOR);
    }

    private Set<String> found(Node hub) {
        Set<String> slots = new TreeSet<>();
        for (JsonNode entry :
                hub.client().json(HubClient.slotsOf(now, alice.value())).path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("resourceType").asText().equals("Slot")) {
                slots.add("Slot/" + resource.path("id").asText());
            }
        }
        return slots;
    }
}
