package fr.sas.hub.explain;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorSlot;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Why a slot is shown or not, over HTTP, with a vendor that is really asked. Every test has a vendor and a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class ExplainTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final String PLACE = "1750000001";

    private final PractitionerId alice = Batches.newPractitioner();
    private final StubbedVendor vendor = new StubbedVendor("explique-" + NUMBER.incrementAndGet(), alice.value());
    private final List<StubbedVendor> all = new ArrayList<>(List.of(vendor));

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private HubClient ops;
    private HubClient portal;

    @BeforeEach
    void alice_works_in_paris() {
        clock.moveTo(EIGHT);
        ops = HubClient.at(port).as("test-ops");
        portal = HubClient.at(port).as("test-portal");
        ok(portal.put("/api/v1/practitioners/" + alice, """
                {"family": "DURAND", "given": ["Alice"], "places": [{"structures": ["1750000001"],
                 "line": "1 rue des Tilleuls", "postalCode": "75001", "city": "PARIS"}]}"""));
    }

    @AfterEach
    void the_vendors_leave() {
        all.forEach(one -> {
            one.descriptor().removeFrom(connectors);
            await().until(() -> ops.get("/api/v1/connectors/" + one.id).statusCode() == 404);
            one.close();
        });
    }

    @Test
    void what_a_search_finds_is_explained_as_shown() {
        vendor.offers(slot("a", "10:00"), slot("b", "11:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 2);

        assertThat(fates()).containsExactly("a SHOWN", "b SHOWN");
        JsonNode answer = explain(null);
        assertThat(answer.path("shown").asInt()).isEqualTo(2);
        assertThat(answer.at("/slots/0/shownAs/0/id").asText())
                .isEqualTo(search().at("/entry/0/resource/id").asText());
        assertThat(answer.at("/sources/0/source").asText()).isEqualTo(vendor.id);
        assertThat(answer.at("/sources/0/vendor").asText()).isEqualTo("live");
        assertThat(answer.at("/sources/0/ageSeconds").asInt()).isZero();
        assertThat(answer.at("/sources/0/delivery").asText()).isNotBlank();
    }

    @Test
    void what_a_vendor_sent_in_vain_is_named_with_the_rule_that_rejected_it() {
        vendor.offers(
                slot("good", "10:00"),
                slot("own-patients", "10:15").audience(),
                slot("backwards", "10:30").lasting(-15, MINUTES),
                slot("timeless", "10:45").remove("/start"));
        vendor.joins(connectors);
        await().until(() -> found() == 1);

        assertThat(fates())
                .containsExactlyInAnyOrder(
                        "good SHOWN", "own-patients WITHHELD", "backwards REJECTED", "timeless REJECTED");
        JsonNode backwards = candidate("backwards");
        assertThat(backwards.path("code").asText()).isEqualTo("ENDS_BEFORE_IT_STARTS");
        assertThat(backwards.path("path").asText()).startsWith("Bundle.entry[");
        assertThat(backwards.path("delivery").asText()).isNotBlank();
        assertThat(candidate("timeless").path("code").asText()).isEqualTo("TIME_MISSING");
    }

    @Test
    void a_refusal_is_named_with_its_instant_and_before_it_the_slot_was_shown() {
        vendor.offers(slot("a", "10:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 1);
        clock.moveTo(EIGHT.plusSeconds(10));
        JsonNode then = search();
        clock.moveTo(EIGHT.plusSeconds(20));

        ok(portal.put(
                "/api/v1/practitioners/" + alice + "/settings",
                "{\"vendorSlotsHidden\": true, \"usesBookingSoftware\": true, \"vendors\": [\"" + vendor.id + "\"]}"));

        assertThat(fates()).containsExactly("a REFUSED");
        assertThat(candidate("a").path("since").asText()).isEqualTo("2026-06-12T08:00:20Z");
        assertThat(explain(null).at("/settings/vendorSlotsHidden").asBoolean()).isTrue();
        assertThat(explain(EIGHT.plusSeconds(10))
                        .at("/settings/vendorSlotsHidden")
                        .asBoolean())
                .isFalse();
        assertThat(explain(EIGHT.plusSeconds(10)).at("/slots/0/shownAs/0/id").asText())
                .isEqualTo(then.at("/entry/0/resource/id").asText());
    }

    @Test
    void a_slot_that_two_sources_offer_is_merged_into_the_one_that_leads() {
        vendor.offers(slot("a", "10:00").bookableAt("https://rdv.example/a"));
        vendor.joins(connectors);
        type("10:00", "10:15", "");
        await().until(() -> fates().contains("a SHOWN"));

        assertThat(explain(null).path("shown").asInt()).isEqualTo(1);
        assertThat(fates()).anyMatch(line -> line.endsWith(" MERGED")).contains("a SHOWN");
        assertThat(StreamSupport.stream(explain(null).path("slots").spliterator(), false)
                        .map(slot -> slot.at("/shownAs/0/source").asText()))
                .containsOnly(vendor.id);
    }

    @Test
    void an_absence_hides_slots_cuts_ranges_and_is_named() {
        vendor.offers(slot("a", "10:00"), slot("later", "22:30"));
        vendor.joins(connectors);
        type("21:00", "01:00", ", \"patients\": 4, \"endsNextDay\": true");
        await().until(() -> found() == 3);
        clock.moveTo(EIGHT.plusSeconds(30));
        ok(portal.put(
                "/api/v1/practitioners/" + alice + "/agenda/places/" + PLACE + "/unavailability",
                "{\"periods\": [{\"from\": \"2026-06-13\", \"to\": \"2026-06-13\"}]}"));

        assertThat(fates())
                .hasSize(3)
                .contains("a SHOWN", "later NOBODY_THERE_THEN")
                .anyMatch(line -> line.endsWith("SHOWN_IN_PART"));
        assertThat(candidate("later").path("since").asText()).isEqualTo("2026-06-12T08:00:30Z");

        ok(portal.put(
                "/api/v1/practitioners/" + alice + "/agenda/places/" + PLACE + "/unavailability",
                "{\"fromNow\": true}"));
        assertThat(fates()).hasSize(3).allMatch(line -> line.endsWith("NOBODY_THERE_NOW"));
        assertThat(fates(EIGHT.plusSeconds(29))).hasSize(3).allMatch(line -> line.endsWith("SHOWN"));
    }

    @Test
    void a_word_ages_and_its_slots_with_it() {
        vendor.offers(slot("a", "10:00"), slot("soon", "08:20"));
        vendor.joins(connectors);
        await().until(() -> found() == 2);
        vendor.answers(serverError());

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(6)));
        assertThat(fates()).containsExactly("soon SHOWN_UNVERIFIED", "a SHOWN_UNVERIFIED");
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(21)));
        assertThat(fates()).containsExactly("soon STALE", "a STALE");
        await().untilAsserted(() ->
                assertThat(explain(null).at("/sources/0/trouble").asText()).isEqualTo("vendor_error"));
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(36)));
        assertThat(fates()).containsExactly("soon PAST", "a STALE");
        assertThat(candidate("a").path("since").asText()).isEqualTo("2026-06-12T08:20:00Z");
        assertThat(fates(EIGHT.plus(Duration.ofMinutes(6))))
                .containsExactly("soon SHOWN_UNVERIFIED", "a SHOWN_UNVERIFIED");
    }

    @Test
    void what_is_offered_no_longer_or_at_another_time_is_told() {
        vendor.offers(slot("a", "10:00"), slot("b", "11:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 2);

        vendor.offers(slot("b", "11:30"));
        clock.moveTo(EIGHT.plusSeconds(60));
        await().until(() -> found() == 1);

        assertThat(fates()).containsExactly("a NO_LONGER_OFFERED", "b REPLACED", "b SHOWN");
        assertThat(candidate("a").path("since").asText()).isEqualTo("2026-06-12T08:01:00Z");
        assertThat(fates(EIGHT.plusSeconds(59))).containsExactly("a SHOWN", "b SHOWN");
    }

    @ParameterizedTest
    @CsvSource({"trial, VENDOR_ON_TRIAL", "paused, STALE_WHILE_PAUSED"})
    void a_vendor_that_is_not_asked_or_not_shown_is_named(String status, String fate) {
        vendor.offers(slot("a", "10:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 1);
        clock.moveTo(EIGHT.plusSeconds(60));
        vendor.descriptor().status(status).dropInto(connectors);
        await().untilAsserted(() ->
                assertThat(explain(null).at("/sources/0/vendor").asText()).isEqualTo(status));
        if (status.equals("paused")) {
            clock.moveTo(EIGHT.plus(Duration.ofMinutes(30)));
        }

        await().untilAsserted(() -> assertThat(fates()).containsExactly("a " + fate));
        assertThat(fates(EIGHT.plusSeconds(59))).containsExactly("a SHOWN");
    }

    @Test
    void a_vendor_that_left_is_named() {
        vendor.offers(slot("a", "10:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 1);
        clock.moveTo(EIGHT.plusSeconds(60));

        vendor.descriptor().removeFrom(connectors);

        await().untilAsserted(() -> assertThat(fates()).containsExactly("a VENDOR_LEFT"));
        assertThat(fates(EIGHT.plusSeconds(59))).containsExactly("a SHOWN");
    }

    @Test
    void a_place_may_be_asked_about_by_its_id() {
        vendor.offers(slot("a", "10:00"));
        vendor.joins(connectors);
        await().until(() -> found() == 1);
        String role = StreamSupport.stream(search().path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("PractitionerRole"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        assertThat(ops.json(address(role, null)).path("slots")).hasSize(1);
        assertThat(ops.json(address(alice + "-nowhere", null)).path("slots")).isEmpty();
    }

    @Test
    void bad_questions_are_answered_with_the_rule_they_break() {
        assertThat(ops.get(address("nobody", null)).statusCode()).isEqualTo(404);
        assertThat(ops.get(address(alice.value(), EIGHT.plusSeconds(1))).body()).contains("asOf", "future");
        assertThat(ops.get(address(alice.value(), EIGHT.minus(Duration.ofDays(400))))
                        .body())
                .contains("asOf", "no longer known");
        HttpResponse<String> noInstant = ops.get("/api/v1/explain?practitioner=" + alice + "&from=today&to=tomorrow");
        assertThat(noInstant.statusCode()).isEqualTo(422);
        assertThat(noInstant.body()).contains("from", "today");
        assertThat(portal.get(address(alice.value(), null)).statusCode()).isEqualTo(403);
    }

    private VendorSlot slot(String id, String time) {
        return aVendorSlot().id(id).from(Instant.parse("2026-06-12T" + time + ":00Z"));
    }

    /** UTC, as everything here; the agenda takes the place's time. */
    private void type(String start, String end, String more) {
        HttpResponse<String> typed = portal.post(
                "/api/v1/practitioners/" + alice + "/agenda/entries",
                "{\"place\": \"%s\", \"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"modes\": [\"AMB\"]%s}"
                        .formatted(PLACE, "2026-06-12", local(start), local(end), more));
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
    }

    private static String local(String time) {
        return java.time.LocalTime.parse(time).plusHours(2).toString();
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode search() {
        Instant now = clock.instant();
        return HubClient.at(port).json(HubClient.slotsOf(now, EIGHT.plus(Duration.ofHours(72)), alice.value()));
    }

    private int found() {
        return search().path("total").asInt();
    }

    private JsonNode explain(@Nullable Instant asOf) {
        return ops.json(address(alice.value(), asOf));
    }

    private static String address(String who, @Nullable Instant asOf) {
        return "/api/v1/explain?practitioner=" + who + "&from=" + EIGHT.minus(Duration.ofHours(1)) + "&to="
                + URLEncoder.encode("2026-06-13T22:00:00+02:00", StandardCharsets.UTF_8)
                + (asOf == null ? "" : "&asOf=" + asOf);
    }

    private List<String> fates() {
        return fates(null);
    }

    private List<String> fates(@Nullable Instant asOf) {
        return StreamSupport.stream(explain(asOf).path("slots").spliterator(), false)
                .map(slot -> slot.path("reference").asText() + " "
                        + slot.path("fate").asText())
                .toList();
    }

    private JsonNode candidate(String reference) {
        return StreamSupport.stream(explain(null).path("slots").spliterator(), false)
                .filter(slot -> slot.path("reference").asText().equals(reference))
                .findFirst()
                .orElseThrow();
    }
}
