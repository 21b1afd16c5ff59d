package fr.sas.hub;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBook;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several vendors and the agenda for the same practitioners: each slot once, and nobody's trouble is another's. */
@HubTest
class VendorsTogetherTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final String alice = Batches.newPractitioner().value();
    private final String bruno = Batches.newPractitioner().value();
    private final VendorBook book = VendorBook.of(List.of(doctor(alice, "DURAND"), doctor(bruno, "MOREL")));
    private final List<FakeVendor> vendors = new ArrayList<>();
    private final Instant now = Instant.now();

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient hub;
    private HubClient portal;

    @BeforeEach
    void two_practitioners_exist() {
        hub = HubClient.at(port);
        portal = hub.as("test-portal");
        for (String practitioner : List.of(alice, bruno)) {
            assertThat(portal.put(
                                    "/api/v1/practitioners/" + practitioner,
                                    "{\"family\":\"DURAND\",\"given\":[\"Camille\"],\"places\":[{\"structures\":"
                                            + "[\"1750000011\"],\"line\":\"1 rue des Lilas\",\"postalCode\":\"75011\","
                                            + "\"city\":\"PARIS\"}]}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @AfterEach
    void the_vendors_leave() {
        vendors.forEach(vendor -> Descriptor.of(vendor.id()).removeFrom(connectors));
        await().until(() -> vendors.stream()
                .allMatch(vendor -> hub.as("test-ops")
                                .get("/api/v1/connectors/" + vendor.id())
                                .statusCode()
                        == 404));
        vendors.forEach(FakeVendor::close);
    }

    @Test
    void the_same_slot_of_two_vendors_and_the_agenda_is_answered_once_with_all_its_sources() {
        Instant start =
                LocalDate.now(PARIS).plusDays(1).atTime(10, 0).atZone(PARIS).toInstant();
        connect("agenda-soleil").add(alice, start);
        connect("rdv-lune").add(alice, start);
        type(alice, start);

        await().untilAsserted(() -> assertThat(slotsAt(start)).singleElement().satisfies(slot -> {
            assertThat(slot.at("/meta/source").asText()).isEqualTo("agenda-soleil");
            assertThat(slot.path("extension").findValuesAsText("valueString"))
                    .containsExactlyInAnyOrder("rdv-lune", "agenda");
        }));

        refuse(alice, true);
        assertThat(slotsAt(start)).singleElement().satisfies(slot -> {
            assertThat(slot.at("/meta/source").asText()).isEqualTo("agenda");
            assertThat(slot.path("extension").findValuesAsText("valueString")).isEmpty();
        });
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM index_slot WHERE subject = ? AND source <> 'agenda'", Long.class, alice))
                .isZero();

        refuse(alice, false);
        await().untilAsserted(() -> assertThat(slotsAt(start))
                .singleElement()
                .satisfies(slot -> assertThat(slot.path("extension").findValuesAsText("valueString"))
                        .hasSize(2)));
    }

    @Test
    void a_vendor_that_hangs_is_named_and_the_others_slots_are_answered_all_the_same() {
        FakeVendor good = connect("agenda-soleil");
        FakeVendor hung = connect("lenteur");
        await().until(() -> sources().containsAll(List.of("agenda-soleil", "lenteur")));
        hung.hang();
        await().untilAsserted(() -> assertThat(outcome()).contains("lenteur", "did not answer in time"));

        Instant added = LocalDate.now(PARIS)
                .plusDays(1)
                .atTime(LocalTime.of(21, 7))
                .atZone(PARIS)
                .toInstant();
        good.add(alice, added);
        await().untilAsserted(() -> assertThat(slotsAt(added)).hasSize(1));
        assertThat(sources()).contains("lenteur");
        assertThat(outcome()).doesNotContain("agenda-soleil");
    }

    @Test
    void a_vendor_that_fails_deletes_nothing_and_is_named_until_it_answers_again() {
        FakeVendor vendor = connect("agenda-soleil");
        await().until(() -> total() > 0);
        long before = total();
        vendor.failWith(500);
        await().untilAsserted(() -> assertThat(outcome()).contains("agenda-soleil", "failed"));
        assertThat(total()).isEqualTo(before);

        vendor.behave();
        await().until(() -> outcome().isEmpty());
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void a_vendor_that_floods_is_cut_off_and_the_others_go_on() {
        FakeVendor good = connect("agenda-soleil");
        FakeVendor flooding = connect("deluge");
        await().until(() -> sources().containsAll(List.of("agenda-soleil", "deluge")));
        flooding.flood(20_000);
        await().untilAsserted(() -> assertThat(outcome()).contains("deluge"));

        Instant added = LocalDate.now(PARIS)
                .plusDays(1)
                .atTime(LocalTime.of(21, 9))
                .atZone(PARIS)
                .toInstant();
        good.add(alice, added);
        await().untilAsserted(() -> assertThat(slotsAt(added)).hasSize(1));
    }

    @Test
    void a_vendor_on_trial_is_asked_and_judged_and_never_shown() {
        FakeVendor vendor = start("novice");
        descriptor(vendor).status("trial").dropInto(connectors);
        await().until(() -> vendor.asked().contains(alice));

        await().until(() ->
                jdbc.queryForObject("SELECT count(*) FROM connector_delivery WHERE source = 'novice'", Long.class)
                        >= 2);
        assertThat(total()).isZero();
        assertThat(outcome()).isEmpty();
    }

    private FakeVendor connect(String id) {
        FakeVendor vendor = start(id);
        descriptor(vendor).dropInto(connectors);
        return vendor;
    }

    private FakeVendor start(String id) {
        FakeVendor vendor = aFakeVendor(id, book).seed(id.hashCode()).start();
        vendors.add(vendor);
        return vendor;
    }

    private Descriptor descriptor(FakeVendor vendor) {
        return Descriptor.of(vendor.id())
                .at(vendor.baseUrl())
                .roster(alice, bruno)
                .poll("every: 1s")
                .poll("idleEvery: 1s")
                .poll("timeout: 2s");
    }

    private void type(String practitioner, Instant start) {
        LocalDate date = start.atZone(PARIS).toLocalDate();
        LocalTime from = start.atZone(PARIS).toLocalTime();
        var posted = portal.post(
                "/api/v1/practitioners/" + practitioner + "/agenda/entries",
                "{\"place\":\"1750000011\",\"date\":\"" + date + "\",\"start\":\"" + from + "\",\"end\":\""
                        + from.plusMinutes(20) + "\",\"modes\":[\"AMB\"]}");
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
    }

    private void refuse(String practitioner, boolean hidden) {
        var put = portal.put(
                "/api/v1/practitioners/" + practitioner + "/settings", "{\"vendorSlotsHidden\": " + hidden + "}");
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    private JsonNode answer() {
        return hub.json(HubClient.slotsOf(now, alice, bruno));
    }

    /** Slots that do not begin meanwhile: those that have begun are answered no more. */
    private long total() {
        Instant soon = now.plus(Duration.ofHours(1));
        return slots().stream().filter(slot -> start(slot).isAfter(soon)).count();
    }

    private static Instant start(JsonNode slot) {
        return OffsetDateTime.parse(slot.path("start").asText()).toInstant();
    }

    private List<JsonNode> slots() {
        return StreamSupport.stream(answer().path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .toList();
    }

    private List<String> sources() {
        return slots().stream()
                .map(slot -> slot.at("/meta/source").asText())
                .distinct()
                .toList();
    }

    /** Alice's. */
    private List<JsonNode> slotsAt(Instant start) {
        return slots().stream()
                .filter(slot -> slot.path("id").asText().startsWith(alice))
                .filter(slot -> start(slot).equals(start))
                .toList();
    }

    /** The words of the outcome entry; empty when there is none. */
    private String outcome() {
        return StreamSupport.stream(answer().path("entry").spliterator(), false)
                .filter(entry -> entry.at("/search/mode").asText().equals("outcome"))
                .map(entry -> entry.at("/resource/issue").toString())
                .findFirst()
                .orElse("");
    }

    private static Doctor doctor(String id, String family) {
        return new Doctor(
                id,
                family,
                "Camille",
                List.of("SM54"),
                List.of(new Office(List.of("1750000011"), "1 rue des Lilas", "75011", "PARIS", "+33140000000")));
    }
}
