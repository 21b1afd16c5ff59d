package fr.sas.hub.recheck;

import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A vendor whose slots were often gone, and of which nothing more can be found: it is paused. */
@HubTest
@Import(MovableClock.Wound.class)
class DoubtsPassTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(30);

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("doute-" + NUMBER.incrementAndGet(), alice.value());
    private final Source source = new Source(vendor.id);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    Ghosts ghosts;

    @Autowired
    VendorInquiries inquiries;

    @Autowired
    Vendors vendors;

    @Autowired
    MeterRegistry meters;

    private HubClient ops;

    @BeforeEach
    void a_doubted_vendor_is_paused() {
        clock.moveTo(EIGHT);
        ops = HubClient.at(port).as("test-ops");
        offersSlotNumber(0);
        Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice.value())
                .poll("every: 4h")
                .poll("idleEvery: 4h")
                .poll("maxRequestsPerSecond: 1000")
                .dropInto(connectors);
        await().until(() -> HubClient.at(port)
                        .json(HubClient.slotsOf(EIGHT, alice.value()))
                        .path("total")
                        .asInt()
                == 1);
        for (int i = 1; i <= 10; i++) {
            aShownSlotIsFoundGone(i);
        }
        await().until(this::isDoubted);
        ghosts.publish();
        assertThat(isToldToMonitoring()).isTrue();
        act("pause");
        await().until(() -> vendors.find(source).map(Vendor::status).orElse(null) == Vendor.Status.PAUSED);
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + vendor.id).statusCode() == 404);
        vendor.close();
    }

    @Test
    void what_was_found_counts_within_the_window_and_not_after() {
        clock.moveTo(EIGHT.plus(WINDOW).minusSeconds(1));
        assertThat(found().path("ratio").asDouble()).isEqualTo(1.0);
        assertThat(isDoubted()).isTrue();

        clock.moveTo(EIGHT.plus(WINDOW).plusSeconds(1));
        assertThat(found().isMissingNode() || found().isNull())
                .as("nobody has looked lately")
                .isTrue();
        await().until(() -> !isDoubted());
        resumes();
        ghosts.publish();
        assertThat(isToldToMonitoring()).isFalse();
    }

    @Test
    void after_the_window_one_sample_does_not_bring_an_old_doubt_back() {
        clock.moveTo(EIGHT.plus(WINDOW).plusSeconds(1));
        await().until(() -> !isDoubted());
        resumes();

        aShownSlotIsFoundGone(11);
        assertThat(found().path("sampled").asInt()).isEqualTo(1);
        assertThat(found().hasNonNull("since")).isFalse();
    }

    private void aShownSlotIsFoundGone(int number) {
        await().until(() -> inquiries.ask(source, alice).isPresent());
        offersSlotNumber(number);
        ghosts.sample(source);
    }

    private void offersSlotNumber(int number) {
        vendor.offers(aVendorSlot().id("s" + number).from(EIGHT.plus(Duration.ofMinutes(300 + 15L * number))));
    }

    private boolean isDoubted() {
        return vendors.find(source).map(Vendor::isDoubted).orElse(false);
    }

    private JsonNode found() {
        return ops.json("/api/v1/connectors/" + vendor.id).path("ghosts");
    }

    private boolean isToldToMonitoring() {
        return meters.find("hub.vendor.ghost.ratio").tag("vendor", vendor.id).gauge() != null;
    }

    private void resumes() {
        act("resume");
        await().until(() -> vendors.find(source).map(Vendor::status).orElse(null) == Vendor.Status.LIVE);
    }

    private void act(String what) {
        HubClient.json(ops.post("/api/v1/connectors/" + vendor.id + "/" + what, "{\"reason\": \"maintenance\"}"));
    }
}
