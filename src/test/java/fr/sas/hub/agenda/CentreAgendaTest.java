package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A health centre's agenda over HTTP, and what is found of it by the centre's and by its doctors' identifiers. */
@HubTest
class CentreAgendaTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final AtomicInteger NUMBER = new AtomicInteger(8200);

    @LocalServerPort
    int port;

    private final int number = NUMBER.addAndGet(10);
    private final PractitionerId alice = Batches.practitioner(number + 1);
    private final PractitionerId bruno = Batches.practitioner(number + 2);
    private final PractitionerId chloe = Batches.practitioner(number + 3);
    private final LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Centre centre;

    @BeforeEach
    void a_centre_with_two_salaried_doctors_and_somebody_else() {
        centre = Centre.at(port, number);
        centre.employs(alice);
        centre.employs(bruno);
        centre.knows(chloe);
    }

    @Test
    void a_slot_of_the_centre_is_found_by_the_centre_and_by_its_doctors_once() {
        centre.types(slot("10:00", "10:20"));

        assertThat(times(centre.search(centre.finess()))).containsExactly("10:00-10:20");
        assertThat(times(centre.search(centre.finess().substring(1)))).containsExactly("10:00-10:20");
        assertThat(times(centre.searchOf(alice))).containsExactly("10:00-10:20");
        assertThat(times(centre.searchOf(alice, bruno, chloe))).containsExactly("10:00-10:20");
        assertThat(centre.searchOf(alice, bruno, chloe).path("total").asInt()).isEqualTo(1);
        assertThat(times(centre.searchOf(chloe))).isEmpty();
    }

    private String slot(String from, String to) {
        return "{\"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"modes\": [\"AMB\"]}".formatted(tomorrow, from, to);
    }

    private static List<String> times(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText().substring(11, 16) + "-"
                        + slot.path("end").asText().substring(11, 16))
                .toList();
    }
}
