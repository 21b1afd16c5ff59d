package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.PLACE;
import static fr.sas.hub.agenda.Portal.entry;
import static fr.sas.hub.agenda.Portal.weekly;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Hours of visibility that are over stay as they were, whatever is said of places and entries afterwards. */
@HubTest
@Import(MovableClock.Wound.class)
class PastHoursTest {

    private static final String RANGE = "\"patients\": 6";
    private static final String AWAY = "/places/" + PLACE + "/unavailability";
    /** Typed on Friday: three hours every week. */
    private static final String WEDNESDAYS =
            weekly("2026-06-17", "09:00", "12:00", "wednesday").replace("}}", "}, " + RANGE + "}");

    private final PractitionerId alice = Batches.newPractitioner();
    private Portal agenda;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void friday_ten_in_paris() {
        clock.moveTo(Instant.parse("2026-06-12T08:00:00Z"));
        agenda = Portal.of(port, alice);
    }

    @Test
    void an_absence_that_is_over_still_counts_when_the_next_one_is_programmed() {
        agenda.type(WEDNESDAYS);
        agenda.send(200, "PUT", AWAY, period("2026-07-01", "2026-07-31"));

        clock.moveTo(Instant.parse("2026-09-15T08:00:00Z"));
        agenda.send(200, "PUT", AWAY, period("2026-10-01", "2026-10-10"));

        assertThat(agenda.minutes("2026-06-22", "2026-08-09"))
                .isEqualTo("W26 180, W27 0, W28 0, W29 0, W30 0, W31 0, W32 180");
        assertThat(agenda.get(AWAY).path("periods")).as("the form").hasSize(1);
    }

    @Test
    void an_absence_that_was_taken_back_counts_for_as_long_as_it_was_in_force() {
        agenda.type(WEDNESDAYS);
        agenda.send(200, "PUT", AWAY, period("2026-06-22", "2026-07-31"));
        clock.moveTo(Instant.parse("2026-07-02T08:00:00Z"));
        agenda.send(200, "PUT", AWAY, period("2026-06-01", "2026-07-08"));
        clock.moveTo(Instant.parse("2026-07-14T08:00:00Z"));
        agenda.send(200, "PUT", AWAY, "{}");

        assertThat(agenda.minutes("2026-06-15", "2026-07-19"))
                .as("nobody was away before it was said")
                .isEqualTo("W25 180, W26 0, W27 0, W28 0, W29 180");
    }

    @Test
    void away_until_further_notice_counts_after_it_is_unticked() {
        agenda.type(WEDNESDAYS);
        clock.moveTo(Instant.parse("2026-06-24T09:00:00Z"));
        agenda.send(200, "PUT", AWAY, "{\"fromNow\": true}");
        clock.moveTo(Instant.parse("2026-07-06T08:00:00Z"));
        agenda.send(200, "PUT", AWAY, "{\"fromNow\": true, \"periods\": []}");
        clock.moveTo(Instant.parse("2026-07-15T08:00:00Z"));
        agenda.send(200, "PUT", AWAY, "{}");

        assertThat(agenda.minutes("2026-06-15", "2026-07-26"))
                .as("away from eleven on Wednesday to ten on Wednesday")
                .isEqualTo("W25 180, W26 120, W27 0, W28 0, W29 120, W30 180");
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .get("/api/v1/agenda/hours.csv?from=2026-06-29&to=2026-07-05")
                        .body())
                .contains(alice + ",2026-W27,0,false");
    }

    @Test
    void a_weekly_entry_that_is_changed_as_a_whole_leaves_the_weeks_that_are_over_as_they_were() {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-24", null);
        agenda.send(200, "PUT", entry + "/occurrences/2026-07-01", entry("2026-07-02", "09:00", "10:00", RANGE));
        clock.moveTo(Instant.parse("2026-07-10T08:00:00Z"));
        agenda.send(204, "DELETE", entry + "/occurrences/2026-07-22", null);

        HttpResponse<String> changed = agenda.send("PUT", entry, WEDNESDAYS.replace("12:00", "23:00"), "\"4\"");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).contains("\"5\"");
        assertThat("/entries/" + Portal.body(changed).path("id").asText()).isEqualTo(entry);
        assertThat(Portal.body(changed).path("date").asText()).isEqualTo("2026-07-15");
        assertThat(agenda.minutes("2026-06-15", "2026-07-26"))
                .isEqualTo("W25 180, W26 0, W27 60, W28 180, W29 840, W30 0");
        assertThat(agenda.get("/entries").path("entries")).as("to come").hasSize(1);
        assertThat(agenda.get("/occurrences?from=2026-06-15&to=2026-07-19").path("occurrences"))
                .hasSize(4);
    }

    /** By whole weeks, so that its weekday stays. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-29, W25 180 W26 180 W27 180 W28 180 W29 0 W30 0 W31 180",
        "2026-07-15, W25 180 W26 180 W27 180 W28 180 W29 180 W30 180 W31 180"
    })
    void the_date_of_a_weekly_entry_that_has_begun_moves_what_is_to_come_and_nothing_that_is_over(
            String date, String minutes) {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        clock.moveTo(Instant.parse("2026-07-10T08:00:00Z"));
        JsonNode before = agenda.get("/occurrences?from=2026-06-15&to=2026-07-10");

        agenda.send(200, "PUT", entry, WEDNESDAYS.replace("2026-06-17", date));

        assertThat(agenda.minutes("2026-06-15", "2026-08-02").replace(",", "")).isEqualTo(minutes);
        assertThat(hours(agenda.get("/occurrences?from=2026-06-15&to=2026-07-10")))
                .isEqualTo(hours(before))
                .hasSize(4);
    }

    @Test
    void the_date_of_a_weekly_entry_that_has_begun_is_not_moved_to_one_that_is_over() {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        clock.moveTo(Instant.parse("2026-07-10T08:00:00Z"));

        JsonNode refused = agenda.send(422, "PUT", entry, WEDNESDAYS.replace("2026-06-17", "2026-07-01"));

        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("date");
        assertThat(agenda.minutes("2026-06-15", "2026-06-28")).isEqualTo("W25 180, W26 180");
    }

    private static List<String> hours(JsonNode page) {
        return StreamSupport.stream(page.path("occurrences").spliterator(), false)
                .map(each ->
                        each.path("start").asText() + " " + each.path("end").asText())
                .toList();
    }

    @Test
    void sent_again_as_it_is_a_weekly_entry_stays_one() {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        clock.moveTo(Instant.parse("2026-07-10T08:00:00Z"));

        assertThat(agenda.send(200, "PUT", entry, WEDNESDAYS).path("date").asText())
                .isEqualTo("2026-06-17");

        assertThat(agenda.get("/entries?from=2026-06-01").path("entries")).hasSize(1);
    }

    @Test
    void a_weekly_entry_that_is_deleted_leaves_the_weeks_that_are_over() {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        clock.moveTo(Instant.parse("2026-07-08T08:00:00Z"));

        agenda.send(204, "DELETE", entry, null);

        agenda.send(404, "GET", entry, null);
        assertThat(agenda.get("/entries").path("entries")).as("to come").isEmpty();
        assertThat(agenda.minutes("2026-06-15", "2026-07-12")).isEqualTo("W25 180, W26 180, W27 180, W28 0");
    }

    @Test
    void an_occurrence_that_was_moved_to_a_day_to_come_goes_with_its_weekly_entry() {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        agenda.send(200, "PUT", entry + "/occurrences/2026-06-17", entry("2026-06-20", "09:00", "10:00", RANGE));
        clock.moveTo(Instant.parse("2026-06-18T08:00:00Z"));

        agenda.send(204, "DELETE", entry, null);

        assertThat(agenda.found(clock.instant(), clock.instant().plus(Duration.ofDays(20))))
                .isEmpty();
        assertThat(agenda.minutes("2026-06-15", "2026-06-28")).isEqualTo("W25 0, W26 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /from/2026-06-24",
                "PUT | /from/2026-06-24",
                "DELETE | /occurrences/2026-06-24",
                "PUT | /occurrences/2026-06-24",
                "DELETE | /exceptions/2026-06-17",
            })
    void what_is_over_cannot_be_changed(String method, String what) {
        agenda.type(WEDNESDAYS);
        String entry = agenda.entries().getFirst();
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-17", null);
        String before = agenda.minutes("2026-06-15", "2026-07-12");
        clock.moveTo(Instant.parse("2026-07-08T08:00:00Z"));

        assertThat(Portal.faults(agenda.send(
                        method,
                        entry + what,
                        method.equals("PUT") ? entry("2026-07-08", "09:00", "23:00", RANGE) : null,
                        null)))
                .containsExactly("date is in the past and cannot be changed");
        assertThat(agenda.minutes("2026-06-15", "2026-07-12")).isEqualTo(before);
    }

    @Test
    void an_entry_that_is_over_cannot_be_changed_or_deleted() {
        String once = agenda.type(entry("2026-06-17", "09:00", "12:00", RANGE));
        clock.moveTo(Instant.parse("2026-06-20T08:00:00Z"));

        for (HttpResponse<String> refused : List.of(
                agenda.send("DELETE", once, null, null),
                agenda.send("PUT", once, entry("2026-06-24", "09:00", "12:00", RANGE), null))) {
            assertThat(Portal.faults(refused)).containsExactly("entry is in the past and cannot be changed");
        }
        assertThat(agenda.minutes("2026-06-15", "2026-06-28")).isEqualTo("W25 180, W26 0");
    }

    @Test
    void nobody_was_seen_before_they_said_that_they_are_there() {
        assertThat(Portal.faults(agenda.send("POST", "/entries", entry("2026-06-11", "09:00", "19:00", RANGE), null)))
                .containsExactly("date is in the past");
        agenda.type(entry("2026-06-12", "08:00", "12:00", RANGE));
        agenda.type(entry("2026-06-12", "09:45", "10:15", ""));

        assertThat(agenda.minutes("2026-06-08", "2026-06-14")).isEqualTo("W24 120");
    }

    private static String period(String from, String to) {
        return "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(from, to);
    }
}
