package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.PLACE;
import static fr.sas.hub.agenda.Portal.entry;
import static fr.sas.hub.agenda.Portal.weekly;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Hours of visibility over HTTP. */
@HubTest
@Import(MovableClock.Wound.class)
class HoursTest {

    private static final String RANGE = "\"patients\": 6";

    private static final String AWAY = "/places/" + PLACE + "/unavailability";

    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void friday_ten_in_paris() {
        clock.moveTo(Instant.parse("2026-06-12T08:00:00Z"));
    }

    @Test
    void hours_are_counted_once_by_week_less_unavailability_for_one_and_for_all() {
        Portal agenda = Portal.of(port, alice);
        agenda.type(weekly("2026-06-15", "09:00", "10:30", "monday").replace("}}", "}, " + RANGE + "}"));
        agenda.type(entry("2026-06-15", "10:00", "11:00", RANGE));
        agenda.type(entry("2026-06-28", "23:00", "01:00", RANGE));
        String deleted = agenda.type(weekly("2026-06-16", "08:00", "09:00", "tuesday"));
        agenda.send(204, "DELETE", deleted + "/occurrences/2026-06-23", null);
        agenda.send(
                200,
                "PUT",
                "/places/" + PLACE + "/unavailability",
                "{\"periods\": [{\"from\": \"2026-06-29\", \"to\": \"2026-06-29\"}]}");

        assertThat(weeks("2026-06-12", "2026-07-01"))
                .containsExactly("2026-W24 0 false", "2026-W25 180 true", "2026-W26 150 true", "2026-W27 60 false");
        assertThat(csv("2026-06-15", "2026-06-21").lines())
                .contains("nationalId,week,minutes,twoHours,doctors", alice + ",2026-W25,180,true,1");
    }

    @Test
    void a_night_for_one_patient_is_cut_by_an_absence_as_search_cuts_it() {
        Portal agenda = Portal.of(port, alice);
        agenda.type(entry("2026-06-12", "20:00", "08:00", ""));
        agenda.send(200, "PUT", AWAY, "{\"periods\": [{\"from\": \"2026-06-13\", \"to\": \"2026-06-13\"}]}");

        assertThat(agenda.found(clock.instant(), clock.instant().plus(Duration.ofDays(1))))
                .containsExactly("2026-06-12 20:00-00:00");
        assertThat(agenda.minutes("2026-06-12", "2026-06-12")).isEqualTo("W24 240");
        assertThat(HubClient.at(port)
                        .as("nobody")
                        .get(agenda.send(201, "POST", "/feed", null)
                                .path("address")
                                .asText())
                        .body())
                .contains("DTSTART;TZID=Europe/Paris:20260612T200000", "DTEND;TZID=Europe/Paris:20260613T000000");
    }

    @Test
    void more_than_a_year_is_refused() {
        Portal.of(port, alice);

        HttpResponse<String> refused = HubClient.at(port)
                .as("test-portal")
                .get("/api/v1/practitioners/" + alice + "/hours?from=2026-01-01&to=2027-01-02");

        assertThat(Portal.faults(refused)).containsExactly("to must be at most a year after from");
    }

    @ParameterizedTest
    @CsvSource({
        "%2B999999999-01-01, %2B999999999-12-31, from",
        "2199-12-31, 2201-01-01, to",
        "1899-12-31, 1900-01-01, from"
    })
    void weeks_of_years_nobody_lives_in_are_refused(String from, String to, String field) {
        Portal.of(port, alice);
        String days = "?from=" + from + "&to=" + to;

        assertThat(Portal.faults(
                        HubClient.at(port).as("test-portal").get("/api/v1/practitioners/" + alice + "/hours" + days)))
                .containsExactly(field + " must be a day in the years 1900 to 2200");
        assertThat(Portal.faults(HubClient.at(port).as("test-ops").get("/api/v1/agenda/hours.csv" + days)))
                .hasSize(1);
    }

    private List<String> weeks(String from, String to) {
        HttpResponse<String> answer = HubClient.at(port)
                .as("test-portal")
                .get("/api/v1/practitioners/" + alice + "/hours?from=" + from + "&to=" + to);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(Portal.body(answer).path("weeks").spliterator(), false)
                .map(week -> week.path("week").asText() + " "
                        + week.path("minutes").asInt() + " "
                        + week.path("twoHours").asBoolean())
                .toList();
    }

    private String csv(String from, String to) {
        HttpResponse<String> answer =
                HubClient.at(port).as("test-ops").get("/api/v1/agenda/hours.csv?from=" + from + "&to=" + to);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        return answer.body();
    }
}
