package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Delivered;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.VendorSlot;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Time alone changes answers: nothing is delivered, swept or forgotten in between. */
@HubTest
@Import(MovableClock.Wound.class)
class FreshnessTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration UNVERIFIED_AFTER = Duration.ofMinutes(5);
    private static final Duration HIDDEN_AFTER = Duration.ofMinutes(20);

    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Autowired
    ProducerTemplate routes;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${hub.connectors}")
    Path connectors;

    @BeforeEach
    void it_is_eight() {
        clock.moveTo(EIGHT);
        LiveVendors.areIn(connectors, vendors);
        asked(SOLEIL);
    }

    /** As if another node were asking, so that only the test answers. */
    private void asked(Source vendor) {
        jdbc.update(
                "INSERT INTO connector_target (source, subject, due_at, claimed_until) VALUES (?, ?, '2100-01-01Z', '2100-01-01Z')",
                vendor.name(),
                alice.value());
    }

    @Test
    void a_slot_is_verified_for_five_minutes_then_tagged_then_hidden_after_twenty() {
        deliver(SOLEIL, EIGHT, slot("10:00"));
        assertThat(search()).isEqualTo("10:00 index-soleil");

        clock.moveTo(EIGHT.plus(UNVERIFIED_AFTER).minus(MOMENT));
        assertThat(search()).isEqualTo("10:00 index-soleil");

        clock.moveTo(EIGHT.plus(UNVERIFIED_AFTER));
        assertThat(search()).isEqualTo("10:00 index-soleil unverified, stale index-soleil 300 s ago");

        clock.moveTo(EIGHT.plus(HIDDEN_AFTER).minus(MOMENT));
        assertThat(search()).isEqualTo("10:00 index-soleil unverified, stale index-soleil 1199 s ago");

        clock.moveTo(EIGHT.plus(HIDDEN_AFTER));
        assertThat(search()).isEqualTo("hidden index-soleil 1200 s ago");
    }

    @Test
    void an_unchanged_answer_makes_a_tagged_slot_verified_again() {
        deliver(SOLEIL, EIGHT, slot("10:00"));
        clock.moveTo(EIGHT.plus(UNVERIFIED_AFTER));
        assertThat(search()).contains("unverified");

        deliver(SOLEIL, clock.instant(), slot("10:00"));
        assertThat(search()).isEqualTo("10:00 index-soleil");

        clock.moveTo(clock.instant().plus(UNVERIFIED_AFTER));
        assertThat(search()).isEqualTo("10:00 index-soleil unverified, stale index-soleil 300 s ago");
    }

    @Test
    void an_unchanged_answer_brings_a_hidden_slot_back() {
        deliver(SOLEIL, EIGHT, slot("10:00"));
        clock.moveTo(EIGHT.plus(HIDDEN_AFTER));
        assertThat(search()).startsWith("hidden");

        deliver(SOLEIL, clock.instant(), slot("10:00"));
        assertThat(search()).isEqualTo("10:00 index-soleil");
    }

    @Test
    void a_slot_that_another_source_confirmed_lately_is_verified_and_the_silent_source_is_still_named() {
        deliver(SOLEIL, EIGHT, slot("10:00"));
        clock.moveTo(EIGHT.plus(UNVERIFIED_AFTER));
        asked(LUNE);
        deliver(LUNE, clock.instant(), slot("10:00"));

        assertThat(search()).isEqualTo("10:00 index-lune+index-soleil, stale index-soleil 300 s ago");

        clock.moveTo(EIGHT.plus(HIDDEN_AFTER).minus(MOMENT));
        assertThat(search())
                .isEqualTo("10:00 index-lune+index-soleil unverified, stale index-lune 899 s ago, "
                        + "stale index-soleil 1199 s ago");

        clock.moveTo(EIGHT.plus(HIDDEN_AFTER));
        assertThat(search())
                .isEqualTo("10:00 index-lune unverified, stale index-lune 900 s ago, hidden index-soleil 1200 s ago");
    }

    @Test
    void a_source_that_has_not_answered_yet_is_named() {
        assertThat(search()).isEqualTo("unanswered index-soleil; never confirmed");
    }

    @Test
    void a_source_that_nobody_asks_any_more_is_not_named_for_ever() {
        deliver(LUNE, EIGHT, slot("10:00"));
        deliver(SOLEIL, EIGHT.plus(HIDDEN_AFTER).minus(MOMENT), slot("11:00"));
        clock.moveTo(EIGHT.plus(HIDDEN_AFTER).minus(MOMENT));
        assertThat(search()).isEqualTo("10:00 index-lune unverified, 11:00 index-soleil, stale index-lune 1199 s ago");

        clock.moveTo(EIGHT.plus(HIDDEN_AFTER));
        assertThat(search()).isEqualTo("11:00 index-soleil");
    }

    @Test
    void a_slot_leaves_at_its_end_though_nothing_was_delivered_or_swept() {
        deliver(SOLEIL, EIGHT, slot("08:00").lasting(3, ChronoUnit.MINUTES));
        JsonNode first = HubClient.at(port).json(HubClient.slotsOf(EIGHT, alice.value()));
        String id = first.at("/entry/0/resource/id").asText();
        Instant end = EIGHT.plus(Duration.ofMinutes(3));

        clock.moveTo(end.minus(MOMENT));
        assertThat(search()).isEqualTo("08:00 index-soleil");
        assertThat(HubClient.at(port).get("/fhir/Slot/" + id).statusCode()).isEqualTo(200);

        clock.moveTo(end);
        assertThat(search()).isEmpty();
        assertThat(HubClient.at(port).get("/fhir/Slot/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void the_last_sync_of_a_schedule_is_the_last_confirmation_also_when_nothing_changed() {
        deliver(SOLEIL, EIGHT, slot("10:00"));
        assertThat(lastSync()).isEqualTo("2026-06-12T10:00:00.000+02:00");

        clock.moveTo(EIGHT.plusSeconds(60));
        deliver(SOLEIL, clock.instant(), slot("10:00"));
        assertThat(lastSync()).isEqualTo("2026-06-12T10:01:00.000+02:00");
    }

    private static VendorSlot slot(String time) {
        return aVendorSlot().from(Instant.parse("2026-06-12T" + time + ":00Z"));
    }

    private void deliver(Source vendor, Instant fetchedAt, VendorSlot slot) {
        routes.sendBody(
                "direct:delivery-arrived",
                Delivered.by(
                        vendor.name(),
                        Flow.INDIVIDUAL,
                        fetchedAt,
                        Set.of(alice),
                        aBundle()
                                .with(aPractitioner(alice.value(), "DURAND", "Alice")
                                        .at(aPlace("1750000001").slot(slot)))));
    }

    /** The answer in one line: slots with their sources and tags, then which source is in what trouble, and how old it is. */
    private String search() {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(EIGHT, alice.value()));
        return String.join(
                ", ",
                StreamSupport.stream(bundle.path("entry").spliterator(), false)
                        .map(entry -> entry.path("resource"))
                        .flatMap(resource -> switch (resource.path("resourceType")
                                .asText()) {
                            case "Slot" -> Stream.of(line(resource));
                            case "OperationOutcome" ->
                                StreamSupport.stream(resource.path("issue").spliterator(), false)
                                        .map(FreshnessTest::trouble);
                            default -> Stream.<String>of();
                        })
                        .toList());
    }

    private static String line(JsonNode slot) {
        String start = OffsetDateTime.parse(slot.path("start").asText())
                .toInstant()
                .toString()
                .substring(11, 16);
        StringBuilder line = new StringBuilder(start)
                .append(' ')
                .append(slot.at("/meta/source").asText());
        slot.findValuesAsText("valueString").forEach(source -> line.append('+').append(source));
        slot.at("/meta/tag")
                .forEach(tag -> line.append(' ').append(tag.path("code").asText()));
        return line.toString();
    }

    private static String trouble(JsonNode issue) {
        String diagnostics = issue.path("diagnostics").asText();
        return issue.at("/details/coding/0/code").asText() + " "
                + issue.at("/details/text").asText()
                + diagnostics.replaceAll(".*,( \\d+ s ago)|.*(; never confirmed)", "$1$2");
    }

    private String lastSync() {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(EIGHT, alice.value()));
        return bundle.findParents("valueDateTime").stream()
                .map(extension -> extension.path("valueDateTime").asText())
                .findFirst()
                .orElse("none: " + bundle);
    }
}
