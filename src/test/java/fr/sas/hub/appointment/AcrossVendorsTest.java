package fr.sas.hub.appointment;

import static fr.sas.hub.appointment.TwoVendors.A;
import static fr.sas.hub.appointment.TwoVendors.B;
import static fr.sas.hub.appointment.TwoVendors.EIGHT;
import static fr.sas.hub.appointment.TwoVendors.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.asking.RefetchRequested;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Import;

/** What a vendor declares of somebody whom it is not asked for is kept, and touches nobody else's slots. */
@HubTest
@Import(MovableClock.Wound.class)
class AcrossVendorsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(37_000);
    private static final String PLACE = "1750000001";

    private final PractitionerId alice = Batches.newPractitioner();
    private final List<RefetchRequested> refetches = new CopyOnWriteArrayList<>();
    private final ApplicationListener<ApplicationEvent> listener = event -> {
        if (event instanceof PayloadApplicationEvent<?> some && some.getPayload() instanceof RefetchRequested asked) {
            refetches.add(asked);
        }
    };

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    Roster roster;

    @Autowired
    ConfigurableApplicationContext context;

    @Value("${hub.connectors}")
    Path connectors;

    private HubClient a;
    private HubClient portal;

    @BeforeEach
    void alice_works_with_vendor_b_and_an_agenda_and_vendor_a_is_live_too() {
        clock.moveTo(EIGHT);
        a = HubClient.at(port).as("test-vendor-rdv-a");
        portal = HubClient.at(port).as("test-portal");
        TwoVendors.arrive(connectors, vendors);
        roster.practitionerSays(alice, true, Set.of(B));
        HubClient.json(portal.put("/api/v1/practitioners/" + alice, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [
                  {"structures": ["1750000001"], "line": "1 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"}]}"""));
        portal.post("/api/v1/practitioners/" + alice + "/agenda/entries", """
                {"place": "1750000001", "date": "2026-06-12", "start": "12:30", "end": "12:45", "modes": ["AMB"]}""");
        index.replace(new ScreenedBatch(Batches.batch(B, EIGHT, List.of(alice), TEN, 2), Map.of()));
        assertThat(free()).containsExactly("12:00", "12:15", "12:30");
        context.addApplicationListener(listener);
    }

    @AfterEach
    void they_leave() {
        context.removeApplicationListener(listener);
        TwoVendors.leave(connectors, vendors);
    }

    /** Named by its times, by the hub's id, by the other vendor's own name, with the place or without. */
    @ParameterizedTest
    @CsvSource({
        "booked, times",
        "fulfilled, times",
        "noshow, times",
        "booked, id",
        "booked, id and place",
        "booked, name",
        "booked, place"
    })
    void a_vendor_that_is_not_asked_for_somebody_takes_nothing_of_what_others_offer(String status, String named) {
        for (JsonNode slot : slots()) {
            declare(appointment(slot, named).status(status));
        }

        assertThat(free()).containsExactly("12:00", "12:15", "12:30");
        index.replace(new ScreenedBatch(Batches.batch(B, EIGHT.plusSeconds(5), List.of(alice), TEN, 2), Map.of()));
        assertThat(free()).containsExactly("12:00", "12:15", "12:30");
        assertThat(refetches).as("nor are others asked out of turn").isEmpty();
    }

    @Test
    void what_it_changes_and_cancels_has_nobody_asked_and_brings_nothing_back() {
        JsonNode first = slots().getFirst();
        AnAppointment appointment = appointment(first, "times");
        declare(appointment);
        declare(appointment.from(TEN.plus(Duration.ofMinutes(15)), TEN.plus(Duration.ofMinutes(30))));
        declare(appointment.status("cancelled"));

        assertThat(free()).containsExactly("12:00", "12:15", "12:30");
        assertThat(refetches).isEmpty();
    }

    @Test
    void a_vendor_that_brought_a_slot_of_somebody_is_not_trusted_with_what_others_offer_of_them() {
        Descriptor.of(A.name()).mode("push").withoutRoster().dropInto(connectors);
        await().until(() -> !roster.admitted(A, List.of(alice)).isEmpty());
        index.replace(
                new ScreenedBatch(Batches.batch(A, EIGHT, List.of(alice), TEN.plus(Duration.ofHours(1)), 1), Map.of()));

        for (JsonNode slot : slots()) {
            declare(appointment(slot, "times"));
        }

        assertThat(free()).as("all but its own").containsExactly("12:00", "12:15", "12:30");
    }

    @Test
    void its_own_slots_are_its_own_whoever_it_is_asked_for() {
        index.replace(
                new ScreenedBatch(Batches.batch(A, EIGHT, List.of(alice), TEN.plus(Duration.ofHours(1)), 1), Map.of()));
        assertThat(free()).endsWith("13:00");

        declare(AnAppointment.with(alice.value(), TEN.plus(Duration.ofHours(1))));

        assertThat(free()).containsExactly("12:00", "12:15", "12:30");
    }

    @Test
    void once_the_practitioner_names_it_its_word_takes_the_equal_slots_of_all() {
        roster.practitionerSays(alice, true, Set.of(A, B));

        for (JsonNode slot : slots()) {
            declare(appointment(slot, "times"));
        }

        assertThat(free()).isEmpty();
    }

    @Test
    void a_vendor_that_the_practitioner_left_since_gives_back_what_it_took() {
        roster.practitionerSays(alice, true, Set.of(A, B));
        AnAppointment ofTheAgenda = appointment(slots().getLast(), "times");
        AnAppointment ofTheVendor = appointment(slots().getFirst(), "times");
        declare(ofTheAgenda);
        declare(ofTheVendor);
        roster.practitionerSays(alice, true, Set.of(B));
        assertThat(free()).containsExactly("12:15");
        refetches.clear();

        declare(ofTheAgenda.status("cancelled"));
        declare(ofTheVendor.status("cancelled"));

        assertThat(free()).containsExactly("12:15", "12:30");
        assertThat(refetches).as("the other vendor is asked at once").isNotEmpty();
    }

    @Test
    void a_health_centres_slot_is_nothing_to_a_vendor_that_is_asked_for_one_of_its_doctors_only() {
        Centre centre = Centre.at(port, NUMBER.incrementAndGet());
        centre.employs(alice);
        centre.types("{\"date\": \"2026-06-12\", \"start\": \"15:00\", \"end\": \"15:15\", \"modes\": [\"AMB\"]}");
        roster.practitionerSays(alice, true, Set.of(A));
        JsonNode slot =
                Centre.resources(centre.search(EIGHT, centre.finess()), "Slot").getFirst();

        declare(AnAppointment.with(alice.value(), TEN.plus(Duration.ofHours(3)))
                .slot("Slot/" + slot.path("id").asText())
                .at(centre.finess().substring(1)));

        assertThat(Centre.slots(centre.search(EIGHT, centre.finess()))).hasSize(1);
    }

    private AnAppointment appointment(JsonNode slot, String named) {
        Instant start =
                java.time.OffsetDateTime.parse(slot.path("start").asText()).toInstant();
        AnAppointment appointment = AnAppointment.with(alice.value(), start);
        if (named.contains("id")) {
            appointment.slot("Slot/" + slot.path("id").asText());
        }
        if (named.contains("name")) {
            appointment.slot("https://rdv-b.example/r4/Slot/" + B + "-" + start.toEpochMilli());
        }
        if (named.contains("place")) {
            appointment.at(PLACE.substring(1));
        }
        return appointment;
    }

    private void declare(AnAppointment appointment) {
        HttpResponse<String> answer = a.put(appointment.address(), appointment.toString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private List<JsonNode> slots() {
        return TwoVendors.slotsOf(alice, port);
    }

    private List<String> free() {
        return TwoVendors.startsOf(alice, port);
    }
}
