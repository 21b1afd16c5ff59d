package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Typing.DIRECTORY;
import static fr.sas.hub.agenda.Typing.PLACE;
import static fr.sas.hub.agenda.Typing.body;
import static fr.sas.hub.agenda.Typing.entry;
import static fr.sas.hub.agenda.Typing.faults;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What can be typed, on the clock of which place, and what is wrong with what cannot. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaInputTest {

    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();
    private Typing agenda;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void alice_works_in_paris() throws Exception {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        agenda = new Typing(port, alice, clock);
        agenda.works("75001", "+33199001122");
    }

    @ParameterizedTest(name = "{0} {1}-{2} seen at {3}")
    @CsvSource({
        "2026-06-12, 20:00, 08:00, 2026-06-12T08:00:00Z, 2026-06-12T20:00:00.000+02:00, 2026-06-13T08:00:00.000+02:00",
        "2026-03-29, 01:30, 03:00, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00.000+01:00, 2026-03-29T03:00:00.000+02:00",
        "2026-03-28, 20:00, 08:00, 2026-03-28T12:00:00Z, 2026-03-28T20:00:00.000+01:00, 2026-03-29T08:00:00.000+02:00",
        "2026-10-25, 02:30, 03:30, 2026-10-24T12:00:00Z, 2026-10-25T02:30:00.000+02:00, 2026-10-25T03:30:00.000+01:00",
        "2026-10-25, 09:00, 09:15, 2026-10-24T12:00:00Z, 2026-10-25T09:00:00.000+01:00, 2026-10-25T09:15:00.000+01:00",
    })
    void hours_are_the_places_at_night_and_when_the_clocks_change(
            String date, String from, String to, Instant now, String start, String end) throws Exception {
        clock.moveTo(now);

        assertThat(agenda.post(entry(date, from, to).replace("}", ", \"kind\": \"range\"}"))
                        .statusCode())
                .isEqualTo(201);

        JsonNode slot = agenda.search().at("/entry/0/resource");
        assertThat(slot.path("start").asText()).isEqualTo(start);
        assertThat(slot.path("end").asText()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-29 | 02:00 | 04:00 | start | 02:00",
                "2026-03-29 | 02:30 | 02:45 | start | 02:30",
                "2026-03-29 | 01:30 | 02:00 | end | 02:00",
                "2026-03-29 | 01:30 | 02:45 | end | 02:45",
                "2026-03-28 | 20:00 | 02:15 | end | 02:15",
            })
    void an_hour_that_the_clocks_leave_out_is_refused_with_those_that_exist(
            String date, String from, String to, String field, String missing) throws Exception {
        clock.moveTo(Instant.parse("2026-03-28T12:00:00Z"));

        HttpResponse<String> refused = agenda.post(entry(date, from, to).replace("}", ", \"kind\": \"range\"}"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("\"" + field + "\"")
                .contains("must be an hour that exists: the clocks go from 02:00 to 03:00 that night");
    }

    @ParameterizedTest
    @CsvSource({
        "97400, 2026-06-13, 2026-06-12, 2026-06-13T03:00:00.000+04:00",
        "98800, 2026-06-13, 2026-06-12, 2026-06-13T09:45:00.000+11:00",
        "97200, 2026-06-12, 2026-06-11, 2026-06-12T23:45:00.000-04:00",
    })
    void overseas_around_midnight_today_is_the_places_day(String postalCode, String today, String past, String start)
            throws Exception {
        clock.moveTo(Instant.parse("2026-06-12T22:30:00Z"));
        agenda.works(postalCode, "+33199001122");
        String hour = start.substring(11, 16);

        assertThat(agenda.post(entry(today, hour, "23:59")).statusCode()).isEqualTo(201);
        assertThat(agenda.starts()).containsExactly(start);
        assertThat(faults(agenda.post(entry(past, hour, "23:59")))).containsExactly("date is in the past");
    }

    @Test
    void a_night_that_began_yesterday_and_still_lasts_can_be_typed() throws Exception {
        clock.moveTo(Instant.parse("2026-06-12T01:00:00Z"));

        HttpResponse<String> typed =
                agenda.post(entry("2026-06-11", "20:00", "08:00").replace("}", ", \"patients\": 4}"));

        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        assertThat(body(typed).path("endsNextDay").asBoolean()).isTrue();
    }

    @Test
    void bad_input_is_told_field_by_field() throws Exception {
        HttpResponse<String> refused = agenda.post("""
                {"place": "elsewhere", "date": "2026-02-30", "start": "25:00", "end": "9h", "patients": 0, "kind": "party",
                 "modes": ["AMB", "XX"], "audiences": []}""");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(faults(refused))
                .containsExactly(
                        "place is not a place where this practitioner works; known places are " + PLACE,
                        "date must be a day such as 2026-06-12",
                        "start must be a time of day such as 08:30, from 00:00 to 23:59",
                        "end must be a time of day such as 08:30, from 00:00 to 23:59",
                        "patients must be a number from 1 to 1000",
                        "kind must be slot or range",
                        "modes[1] must be one of AMB, HH, VR",
                        "audiences must name at least one of PUBLIC, PRO, SNP, CPTS");
        assertThat(faults(agenda.post("{}"))).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-06-12 | 09:00 | 09:00 | \"patients\": 1 | end must differ from the start",
                "2026-06-10 | 09:00 | 09:15 | \"patients\": 1 | date is in the past",
                "2026-06-11 | 23:00 | 23:45 | \"patients\": 1 | date is in the past",
                "2026-06-11 | 20:00 | 08:00 | \"patients\": 1 | date is in the past",
                "2026-06-12 | 17:00 | 09:00 | \"endsNextDay\": false | end must be after the start, unless endsNextDay is true",
                "2026-06-12 | 17:00 | 09:00 | \"endsNextDay\": null | end must be after the start, unless endsNextDay is true",
                "2026-06-12 | 09:00 | 17:00 | \"endsNextDay\": true | endsNextDay may be true only if the end is an earlier time of day than the start: an entry must be shorter than 24 hours",
                "+999999999-12-31 | 09:00 | 09:15 | \"patients\": 1 | date must be a day in the years 1900 to 2200",
                "2062-06-12 | 09:00 | 09:15 | \"patients\": 1 | date is more than 2 years ahead",
                "2026-06-12 | 09:00 | 09:15 | \"kind\": \"slot\", \"patients\": 2 | kind must be range for several patients: a slot is for one",
                "2026-10-25 | 02:45 | 02:30 | \"patients\": 1 | end must be at most 24 hours after the start of a slot",
            })
    void what_cannot_be_is_refused(String date, String start, String end, String more, String fault) throws Exception {
        assertThat(faults(agenda.post(entry(date, start, end).replace("}", ", " + more + "}"))))
                .containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"patient\": 6 | patient",
                "\"patients\": 2.5 | patients",
                "\"patients\": \"many\" | patients",
                "\"modes\": \"AMB\" | modes",
            })
    void a_misspelt_field_or_one_of_the_wrong_form_is_named(String more, String field) throws Exception {
        HttpResponse<String> refused = agenda.post("{" + more + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(body(refused).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void somebody_whom_the_directory_does_not_know_has_no_agenda() throws Exception {
        agenda.send("DELETE", DIRECTORY, null, Map.of());

        HttpResponse<String> refused = agenda.post(entry("2026-06-12", "16:40", "17:00"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(body(refused).path("detail").asText()).contains("The directory knows no practitioner " + alice);
        assertThat(agenda.send("GET", "", null, Map.of()).statusCode()).isEqualTo(404);
    }
}
