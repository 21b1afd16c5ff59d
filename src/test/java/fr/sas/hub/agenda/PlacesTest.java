package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.OTHER_PLACE;
import static fr.sas.hub.agenda.Portal.PLACE;
import static fr.sas.hub.agenda.Portal.entry;
import static fr.sas.hub.agenda.Portal.faults;
import static fr.sas.hub.agenda.Portal.weekly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What is said of a place, over HTTP, and what search makes of it. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class PlacesTest {

    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");
    private static final String AWAY = "/places/" + PLACE + "/unavailability";
    private static final String INFORMATION = "/places/" + PLACE + "/information";
    private static final String NOW = "{\"fromNow\": true}";
    private static final String NEVER = "{}";

    private final PractitionerId alice = Batches.newPractitioner();
    private Portal agenda;

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    MovableClock clock;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    @Autowired
    Vendors vendors;

    @BeforeEach
    void alice_works_in_paris() {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        agenda = Portal.of(port, alice);
    }

    @Test
    void away_from_now_on_hides_the_place_at_once_until_it_is_unticked() {
        agenda.type(entry("2026-06-12", "16:00", "16:15", ""));
        agenda.type(entry("2026-06-12", "16:00", "16:15", "").replace(PLACE, OTHER_PLACE));

        JsonNode away = agenda.send(200, "PUT", AWAY, NOW);

        assertThat(away.path("since").asText()).isEqualTo("2026-06-12T10:00:00+02:00");
        assertThat(found()).containsExactly("2026-06-12 16:00-16:15");
        assertThat(search().toString()).contains(OTHER_PLACE).doesNotContain(PLACE);
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofHours(1)));
        assertThat(agenda.send(200, "PUT", AWAY, NOW).path("since").asText())
                .as("still away since then")
                .isEqualTo(away.path("since").asText());

        agenda.send(200, "PUT", AWAY, NEVER);
        assertThat(found()).hasSize(2);
    }

    @Test
    void the_place_goes_and_comes_back_by_itself_to_the_second() {
        agenda.type(weekly("2026-06-12", "23:30", "00:15", "friday", "saturday", "sunday"));
        agenda.type(entry("2026-06-15", "09:00", "09:15", ""));
        agenda.send(200, "PUT", AWAY, periods("2026-06-13", "2026-06-14"));

        assertThat(found()).as("before").containsExactly("2026-06-15 09:00-09:15");
        clock.moveTo(Instant.parse("2026-06-12T21:59:59Z"));
        assertThat(found()).as("in the last second").containsExactly("2026-06-15 09:00-09:15");
        clock.moveTo(Instant.parse("2026-06-12T22:00:00Z"));
        assertThat(search().path("total").asInt()).as("during").isZero();
        assertThat(search().toString()).doesNotContain("PractitionerRole/");
        clock.moveTo(Instant.parse("2026-06-14T21:59:59.999Z"));
        assertThat(search().path("total").asInt()).as("in the last moment").isZero();
        clock.moveTo(Instant.parse("2026-06-14T22:00:00Z"));
        assertThat(found()).as("after").containsExactly("2026-06-15 09:00-09:15");
    }

    @Test
    void a_range_is_cut_where_the_absence_begins_and_where_it_ends() {
        agenda.type(entry("2026-06-12", "20:00", "08:00", "\"patients\": 4"));
        agenda.type(entry("2026-06-14", "20:00", "08:00", "\"kind\": \"range\""));
        agenda.send(200, "PUT", AWAY, periods("2026-06-13", "2026-06-14"));

        assertThat(found()).containsExactly("2026-06-12 20:00-00:00", "2026-06-15 00:00-08:00");
        assertThat(search().at("/entry/0/resource/extension/0/valueInteger").asInt())
                .isEqualTo(4);

        agenda.send(200, "PUT", AWAY, NEVER);
        assertThat(found()).containsExactly("2026-06-12 20:00-08:00", "2026-06-14 20:00-08:00");
    }

    @Test
    void vendors_slots_are_hidden_too_and_come_back_without_being_asked_for_again() {
        Source vendor = new Source("agenda-comete");
        Descriptor.of("agenda-comete").dropInto(connectors);
        try {
            await().until(() -> vendors.find(vendor).isPresent());
            index.replace(participation.screen(slotsAt(vendor, Instant.parse("2026-06-13T21:45:00Z"), 3)));
            assertThat(found()).hasSize(3);

            agenda.send(200, "PUT", AWAY, periods("2026-06-14", "2026-06-20"));
            assertThat(found()).containsExactly("2026-06-13 23:45-00:00");
            agenda.send(200, "PUT", AWAY, NOW);
            assertThat(found()).isEmpty();

            agenda.send(200, "PUT", AWAY, NEVER);
            assertThat(found()).hasSize(3);
        } finally {
            Descriptor.of("agenda-comete").removeFrom(connectors);
            await().until(() -> vendors.find(vendor).isEmpty());
        }
    }

    @Test
    void periods_are_counted_and_read_as_they_were_typed_also_those_that_touch() {
        JsonNode typed = agenda.send(
                200,
                "PUT",
                AWAY,
                periods("2026-08-01", "2026-08-10", "2026-07-01", "2026-07-05", "2026-07-06", "2026-07-10"));
        assertThat(typed.path("periods").toString())
                .isEqualTo(
                        "[{\"from\":\"2026-07-01\",\"to\":\"2026-07-05\"},{\"from\":\"2026-07-06\",\"to\":\"2026-07-10\"},"
                                + "{\"from\":\"2026-08-01\",\"to\":\"2026-08-10\"}]");

        HttpResponse<String> fourth = agenda.send(
                "PUT",
                AWAY,
                periods(
                        "2026-07-01",
                        "2026-07-02",
                        "2026-07-03",
                        "2026-07-05",
                        "2026-07-07",
                        "2026-07-08",
                        "2026-07-10",
                        "2026-07-11"),
                null);
        assertThat(faults(fourth)).containsExactly("periods must be at most 3, not 4");
        assertThat(agenda.get(AWAY)).isEqualTo(typed);
        clock.moveTo(Instant.parse("2026-07-20T08:00:00Z"));
        assertThat(agenda.get(AWAY).path("periods"))
                .as("what is over is left out")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-06-20 | 2026-06-19 | periods[0].to must not be before from",
                "2026-06-01 | 2026-06-11 | periods[0].to is in the past",
                "2026-06-20 | 2036-06-19 | periods[0].to is more than 2 years ahead",
                "2026-06-31 | 2026-07-19 | periods[0].from must be a day such as 2026-06-12",
                "-999999999-01-01 | 2026-07-19 | periods[0].from must be a day in the years 1900 to 2200",
                "2026-06-20 | +999999999-12-31 | periods[0].to must be a day in the years 1900 to 2200",
            })
    void a_period_that_cannot_be_is_refused(String from, String to, String fault) {
        assertThat(faults(agenda.send("PUT", AWAY, periods(from, to), null))).containsExactly(fault);
    }

    @Test
    void of_two_people_the_second_is_told_and_a_place_is_one_of_the_practitioners() {
        HttpResponse<String> untouched = agenda.send("GET", AWAY, null, null);
        assertThat(untouched.headers().firstValue("ETag")).contains("\"0\"");

        assertThat(agenda.send("PUT", AWAY, NOW, "\"0\"").headers().firstValue("ETag"))
                .contains("\"1\"");
        assertThat(agenda.send("PUT", AWAY, NEVER, "\"0\"").statusCode()).isEqualTo(412);
        assertThat(agenda.send("PUT", INFORMATION, "{\"text\": \"Code 12\"}", "\"0\"")
                        .statusCode())
                .as("another matter")
                .isEqualTo(200);
        assertThat(agenda.get("/places/750000001/unavailability")
                        .path("fromNow")
                        .asBoolean())
                .as("the place by its structure")
                .isTrue();
        agenda.send(404, "GET", "/places/1990000009/unavailability", null);
        agenda.send(404, "PUT", "/places/1990000009/information", "{\"text\": \"?\"}");
    }

    @Test
    void information_is_served_with_the_place_at_once_and_gone_when_it_is_emptied() {
        agenda.type(entry("2026-06-12", "16:00", "16:15", ""));
        String text = "Sonner \\\"2e\\\" <étage>\\nFermé le midi 🕛";

        agenda.send(200, "PUT", INFORMATION, "{\"text\": \" " + text + " \"}");

        assertThat(search().findValuesAsText("description")).containsExactly("Sonner \"2e\" <étage>\nFermé le midi 🕛");
        assertThat(agenda.get(INFORMATION).path("text").asText()).startsWith("Sonner");
        agenda.send(200, "PUT", INFORMATION, NEVER);
        assertThat(search().findValuesAsText("description")).isEmpty();
    }

    @Test
    void information_is_plain_text_of_at_most_a_thousand_characters() {
        agenda.send(200, "PUT", INFORMATION, "{\"text\": \"" + "🕛".repeat(1_000) + "\"}");
        assertThat(faults(agenda.send("PUT", INFORMATION, "{\"text\": \"" + "a".repeat(1_001) + "\"}", null)))
                .containsExactly("text must have at most 1000 characters, not 1001");
        assertThat(faults(agenda.send("PUT", INFORMATION, "{\"text\": \"a\\u007fb\"}", null)))
                .hasSize(1);
    }

    private SlotBatch slotsAt(Source vendor, Instant first, int count) {
        PracticeLocation place = new PracticeLocation(
                PLACE,
                new StructureId(PLACE),
                null,
                null,
                "1 rue des Tilleuls",
                "75001",
                "VILLE",
                null,
                ZoneId.of("Europe/Paris"),
                List.of());
        Offer offer = new Offer(
                new NamedSubject(alice, "DURAND", List.of("Alice")),
                List.of(place),
                Stream.iterate(first, start -> start.plus(Duration.ofMinutes(15)))
                        .limit(count)
                        .map(start -> Batches.slot(vendor, alice, place, start))
                        .toList());
        return new SlotBatch(
                vendor,
                Set.of(alice),
                new Window(FRIDAY_TEN_IN_PARIS, FRIDAY_TEN_IN_PARIS.plus(Duration.ofHours(72))),
                FRIDAY_TEN_IN_PARIS,
                Answer.COMPLETE,
                Map.of(alice, offer));
    }

    private static String periods(String... days) {
        StringBuilder json = new StringBuilder("{\"periods\": [");
        for (int i = 0; i < days.length; i += 2) {
            json.append(i == 0 ? "" : ", ")
                    .append("{\"from\": \"%s\", \"to\": \"%s\"}".formatted(days[i], days[i + 1]));
        }
        return json.append("]}").toString();
    }

    private JsonNode search() {
        return agenda.search(clock.instant(), clock.instant().plus(Duration.ofHours(72)));
    }

    private List<String> found() {
        return agenda.found(clock.instant(), clock.instant().plus(Duration.ofHours(72)));
    }
}
