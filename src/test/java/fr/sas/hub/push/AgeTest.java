package fr.sas.hub.push;

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
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.Transaction;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Silence, confirmations, and what others than the vendor change: settings, time, the descriptor. */
@HubTest
@Import(MovableClock.Wound.class)
class AgeTest {

    private static final String DORA = "899970000004";
    private static final String EMIL = "899970000005";
    private static final Instant EIGHT = Instant.parse("2026-06-12T06:00:00Z");
    private static final Instant TEN = Instant.parse("2026-06-12T08:00:00Z");
    private static final String EVERYTHING =
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"everything\",\"valueBoolean\":true}]}";

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private Deliverer vendor;

    @BeforeEach
    void a_vendor_delivered_at_eight() {
        clock.moveTo(EIGHT);
        Descriptor.of("push-b").mode("push").roster(DORA, EMIL).dropInto(connectors);
        vendor = new Deliverer(port, "push-b").connected();
        vendor.send(offer(DORA, TEN));
        vendor.send(offer(EMIL, TEN));
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private static Transaction offer(String practitioner, Instant... starts) {
        var who = aPractitioner(practitioner, "NOM" + practitioner, "Camille")
                .at(aPlace("1750000025").address("5 rue des Tilleuls", "75005", "PARIS"));
        for (Instant start : starts) {
            who.slot(aVendorSlot().from(start));
        }
        return aTransaction().putting(aBundle().with(who));
    }

    private static String slot(String practitioner, Instant start) {
        return "Slot/slot-" + practitioner + "-1-" + start.getEpochSecond() / 60;
    }

    private boolean isVerified(String practitioner) {
        JsonNode answer = vendor.search(practitioner, clock.instant());
        assertThat(answer.path("total").asInt()).isEqualTo(1);
        return !answer.at("/entry/0/resource/meta/tag").toString().contains("unverified");
    }

    private static String resource(String reference) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"valueReference\":{\"reference\":\""
                + reference + "\"}}]}";
    }

    @Test
    void silence_makes_unverified_and_then_hides() {
        assertThat(isVerified(DORA)).isTrue();

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(6)));
        assertThat(isVerified(DORA)).isFalse();

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(21)));
        assertThat(vendor.found(DORA, clock.instant())).isEmpty();
        assertThat(vendor.search(DORA, clock.instant()).toString()).contains("OperationOutcome");
    }

    @Test
    void everything_is_confirmed_in_a_word() {
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(19)));
        HttpResponse<String> answer = vendor.send("POST", "/$confirm", EVERYTHING);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"subjects\",\"valueInteger\":2");

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(23)));
        assertThat(isVerified(DORA)).isTrue();
        assertThat(isVerified(EMIL)).isTrue();
    }

    @Test
    void one_practitioner_is_confirmed_by_a_slot_by_the_schedule_or_by_the_same_slot_again() {
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(6)));
        vendor.send("POST", "/$confirm", resource(slot(DORA, TEN)));
        assertThat(isVerified(DORA)).isTrue();
        assertThat(isVerified(EMIL)).isFalse();

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(12)));
        vendor.send("POST", "/$confirm", resource("Schedule/" + DORA + "-1"));
        assertThat(isVerified(DORA)).isTrue();

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(18)));
        vendor.send(offer(DORA, TEN));
        assertThat(isVerified(DORA)).isTrue();
    }

    @Test
    void a_confirmation_says_what_it_does_not_know() {
        HttpResponse<String> answer = vendor.send("POST", "/$confirm", resource("Slot/never"));

        assertThat(answer.body()).contains("unknown").contains("Slot/never");
        assertThat(vendor.send("POST", "/$confirm", resource("Location/1")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_slot_far_ahead_is_found_when_its_time_comes() {
        Instant farAhead = TEN.plus(Duration.ofDays(33));
        vendor.send(offer(DORA, farAhead));
        vendor.send("DELETE", "/" + slot(DORA, TEN), null);

        assertThat(vendor.found(DORA, farAhead.minusSeconds(60))).isEmpty();

        clock.moveTo(EIGHT.plus(Duration.ofDays(3)));
        vendor.send("POST", "/$confirm", EVERYTHING);

        await().untilAsserted(() ->
                assertThat(vendor.found(DORA, farAhead.minusSeconds(60))).containsExactly(farAhead));
    }

    @Test
    void a_refusal_hides_at_once_and_lifting_it_shows_what_was_delivered() {
        HubClient portal = HubClient.at(port).as("test-portal");
        portal.knows(DORA);
        portal.put("/api/v1/practitioners/" + DORA + "/settings", "{\"vendorSlotsHidden\": true}");
        assertThat(vendor.found(DORA, clock.instant())).isEmpty();
        vendor.send(offer(DORA, TEN, TEN.plusSeconds(1800)));
        assertThat(vendor.found(DORA, clock.instant())).isEmpty();

        portal.put("/api/v1/practitioners/" + DORA + "/settings", "{\"vendorSlotsHidden\": false}");

        await().untilAsserted(() ->
                assertThat(vendor.found(DORA, clock.instant())).containsExactly(TEN, TEN.plusSeconds(1800)));
    }

    @Test
    void whoever_is_not_on_the_vendors_roster_is_not_shown_until_they_are() {
        String nobody = "899970000006";
        vendor.send(offer(nobody, TEN));
        assertThat(vendor.found(nobody, clock.instant())).isEmpty();
        assertThat(HubClient.at(port)
                        .as("test-vendor-push-b")
                        .get("/api/v1/connectors/push-b/rejections")
                        .body())
                .contains("NOT_ASKED_FOR")
                .contains(nobody);

        Descriptor.of("push-b").mode("push").roster(DORA, nobody).dropInto(connectors);

        await().untilAsserted(
                        () -> assertThat(vendor.found(nobody, clock.instant())).containsExactly(TEN));
        await().untilAsserted(
                        () -> assertThat(vendor.found(EMIL, clock.instant())).isEmpty());
    }

    @Test
    void a_vendor_on_trial_is_judged_and_shown_once_it_is_live() {
        Descriptor.of("push-trial").mode("push").status("trial").roster(DORA).dropInto(connectors);
        Deliverer trial = new Deliverer(port, "push-trial").connected();
        try {
            trial.send(offer(DORA, TEN.plusSeconds(3600)));
            assertThat(trial.found(DORA, clock.instant())).containsExactly(TEN);

            Descriptor.of("push-trial").mode("push").roster(DORA).dropInto(connectors);
            await().untilAsserted(() ->
                    assertThat(trial.found(DORA, clock.instant())).containsExactly(TEN, TEN.plusSeconds(3600)));
        } finally {
            Descriptor.of("push-trial").leaves(connectors, port);
        }
    }
}
