package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.entry;
import static fr.sas.hub.agenda.Portal.faults;
import static fr.sas.hub.agenda.Portal.weekly;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Weekly entries over HTTP, and their changes with a scope. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class WeeklyEditsTest {

    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");

    private static final List<String> EVERY_DAY =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private final PractitionerId alice = Batches.newPractitioner();
    private Portal agenda;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AgendaPublisher agendaPublisher;

    @BeforeEach
    void alice_works_in_paris() {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        agenda = Portal.of(port, alice);
    }

    @Test
    void a_weekly_entry_is_found_on_each_of_its_days_from_its_date_on() {
        agenda.type(weekly("2026-06-15", "09:07", "09:22", "monday", "wednesday"));

        assertThat(found(15))
                .containsExactly(
                        "2026-06-15 09:07-09:22",
                        "2026-06-17 09:07-09:22",
                        "2026-06-22 09:07-09:22",
                        "2026-06-24 09:07-09:22");
    }

    @Test
    void a_weekly_entry_is_read_as_it_was_typed_with_its_first_instants_and_can_be_sent_back() {
        String entry = agenda.type(weekly("2026-06-14", "20:00", "08:00", "sunday", "tuesday"));
        JsonNode read = agenda.get(entry);

        assertThat(read.at("/weekly/days").toString()).isEqualTo("[\"tuesday\",\"sunday\"]");
        assertThat(read.at("/weekly").has("until")).isFalse();
        assertThat(read.path("startsAt").asText()).isEqualTo("2026-06-14T20:00:00+02:00");
        assertThat(read.path("endsAt").asText()).isEqualTo("2026-06-15T08:00:00+02:00");
        clock.moveTo(Instant.parse("2026-09-12T08:00:00Z"));
        assertThat(agenda.send(200, "PUT", entry, read.toString()).at("/date").asText())
                .isEqualTo("2026-06-14");
        assertThat(StreamSupport.stream(agenda.get("/entries").path("entries").spliterator(), false))
                .hasSize(1);
    }

    @Test
    void the_typed_date_takes_place_once_and_changes_and_goes_with_its_weeks() {
        String entry = agenda.type(weekly("2026-06-13", "09:00", "09:15", "monday"));

        JsonNode changed =
                agenda.send(200, "PUT", entry + "/from/2026-06-13", weekly("2026-06-13", "10:00", "10:15", "monday"));
        assertThat("/entries/" + changed.path("id").asText()).isEqualTo(entry);
        assertThat(found(7)).containsExactly("2026-06-13 10:00-10:15", "2026-06-15 10:00-10:15");

        agenda.send(201, "PUT", entry + "/from/2026-06-14", weekly("2026-06-14", "11:00", "11:15", "monday"));
        assertThat(found(7)).containsExactly("2026-06-13 10:00-10:15", "2026-06-15 11:00-11:15");

        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-13", null);
        assertThat(found(7)).containsExactly("2026-06-15 11:00-11:15");
    }

    @Test
    void of_a_series_that_has_begun_the_typed_date_does_not_come_again() {
        String entry = agenda.type(weekly("2026-06-13", "09:00", "09:15", "monday"));
        clock.moveTo(Instant.parse("2026-06-18T08:00:00Z"));

        JsonNode changed =
                agenda.send(200, "PUT", entry, weekly("2026-06-13", "10:00", "10:15", "monday", "wednesday"));

        assertThat(changed.path("date").asText()).isEqualTo("2026-06-22");
        assertThat(found(7)).containsExactly("2026-06-22 10:00-10:15", "2026-06-24 10:00-10:15");
    }

    @Test
    void overlapping_entries_are_both_found() {
        agenda.type(weekly("2026-06-12", "20:00", "08:00", "friday"));
        agenda.type(weekly("2026-06-13", "07:00", "09:00", "saturday"));
        agenda.type(weekly("2026-06-13", "07:00", "09:00", "saturday"));

        assertThat(found(2))
                .containsExactly("2026-06-12 20:00-08:00", "2026-06-13 07:00-09:00", "2026-06-13 07:00-09:00");
    }

    @ParameterizedTest(name = "{2} seen at {3}")
    @CsvSource({
        "09:00, 09:15, 2026-03-23T08:00:00Z, 2026-03-29 09:00-09:15",
        "02:30, 02:45, 2026-03-23T08:00:00Z, 2026-03-29 03:30-03:45",
        "02:30, 03:30, 2026-10-19T08:00:00Z, 2026-10-25 02:30-03:30",
        "20:00, 08:00, 2026-10-19T08:00:00Z, 2026-10-25 20:00-08:00",
    })
    void hours_are_the_places_through_both_clock_changes(String start, String end, Instant now, String onSunday) {
        clock.moveTo(now);
        String thursday = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(3).toString();

        agenda.type(weekly(thursday, start, end, "thursday", "sunday"));

        assertThat(found(9)).hasSize(2).contains(onSunday);
        assertThat(found(9).getFirst()).endsWith(start + "-" + end);
    }

    @Test
    void a_recurrence_of_five_years_costs_what_a_new_one_costs_and_still_comes() {
        agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        long whenNew = occurrencesKept();
        for (int month = 1; month <= 60; month++) {
            clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofDays(30L * month)));
            agendaPublisher.renew();
        }

        clock.moveTo(Instant.parse("2031-06-13T08:00:00Z"));
        agendaPublisher.renew();
        assertThat(found(14)).containsExactly("2031-06-16 09:00-09:15", "2031-06-23 09:00-09:15");
        assertThat(occurrencesKept()).isLessThanOrEqualTo(whenNew);
        clock.moveTo(Instant.parse("2036-06-13T08:00:00Z"));
        agendaPublisher.renew();
        assertThat(found(7)).as("after years without renewal").containsExactly("2036-06-16 09:00-09:15");
    }

    @Test
    void a_deleted_occurrence_is_gone_alone_until_its_deletion_is_taken_back() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));

        HttpResponse<String> deleted = agenda.send("DELETE", entry + "/occurrences/2026-06-15", null, "\"1\"");

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(found(14)).containsExactly("2026-06-22 09:00-09:15");
        assertThat(agenda.get(entry + "/exceptions").path("exceptions").toString())
                .isEqualTo("[{\"date\":\"2026-06-15\",\"kind\":\"deleted\"}]");
        agenda.send(404, "GET", entry + "/occurrences/2026-06-15", null);
        agenda.send(404, "DELETE", entry + "/occurrences/2026-06-15", null);
        agenda.send(404, "DELETE", entry + "/occurrences/2026-06-16", null);

        agenda.send(200, "DELETE", entry + "/exceptions/2026-06-15", null);
        assertThat(found(14)).containsExactly("2026-06-15 09:00-09:15", "2026-06-22 09:00-09:15");
        agenda.send(404, "DELETE", entry + "/exceptions/2026-06-15", null);
    }

    @Test
    void a_changed_occurrence_takes_place_otherwise_keeps_its_name_and_can_be_taken_back() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        String monday = entry + "/occurrences/2026-06-15";

        agenda.send(200, "PUT", monday, entry("2026-06-15", "11:00", "11:20", ""));
        JsonNode moved = agenda.send(200, "PUT", monday, entry("2026-06-16", "10:00", "10:20", ""));

        assertThat(moved.path("occurrence").asText()).isEqualTo("2026-06-15");
        assertThat(moved.path("date").asText()).isEqualTo("2026-06-16");
        assertThat(moved.path("version").asInt()).isEqualTo(3);
        assertThat(found(14)).containsExactly("2026-06-16 10:00-10:20", "2026-06-22 09:00-09:15");
        assertThat(listed("2026-06-15", "2026-06-22"))
                .containsExactly("2026-06-15 2026-06-16 10:00 changed 3", "2026-06-22 2026-06-22 09:00 3");
        assertThat(agenda.get(entry + "/exceptions").toString()).contains("changed");

        agenda.send(200, "DELETE", entry + "/exceptions/2026-06-15", null);
        assertThat(found(14)).containsExactly("2026-06-15 09:00-09:15", "2026-06-22 09:00-09:15");
    }

    @Test
    void every_week_from_a_date_on_is_another_entry_and_exceptions_stay_on_their_dates() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-15", null);
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-29", null);
        agenda.send(200, "PUT", entry + "/occurrences/2026-07-06", entry("2026-07-06", "18:00", "18:15", ""));

        HttpResponse<String> changed =
                agenda.send("PUT", entry + "/from/2026-06-22", entry("2020-01-01", "10:00", "10:20", ""), "\"4\"");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(201);
        assertThat(changed.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(Portal.body(changed).path("date").asText()).isEqualTo("2026-06-22");
        assertThat(agenda.get(entry).at("/weekly/until").asText()).isEqualTo("2026-06-21");
        assertThat(found(31))
                .containsExactly("2026-06-22 10:00-10:20", "2026-07-06 18:00-18:15", "2026-07-13 10:00-10:20");
        String next = "/entries/" + Portal.body(changed).path("id").asText();
        agenda.send(200, "DELETE", next + "/exceptions/2026-06-29", null);
        agenda.send(200, "DELETE", next + "/exceptions/2026-07-06", null);
        agenda.send(200, "DELETE", entry + "/exceptions/2026-06-15", null);
        assertThat(found(31))
                .containsExactly(
                        "2026-06-15 09:00-09:15",
                        "2026-06-22 10:00-10:20",
                        "2026-06-29 10:00-10:20",
                        "2026-07-06 10:00-10:20",
                        "2026-07-13 10:00-10:20");
    }

    @Test
    void from_its_first_date_on_the_entry_itself_changes() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));

        JsonNode changed = agenda.send(
                200, "PUT", entry + "/from/2026-06-15", weekly("2026-06-15", "10:00", "10:20", "monday", "tuesday"));

        assertThat("/entries/" + changed.path("id").asText()).isEqualTo(entry);
        assertThat(found(7)).containsExactly("2026-06-15 10:00-10:20", "2026-06-16 10:00-10:20");
    }

    @Test
    void deleted_from_a_date_on_what_was_before_stays() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        agenda.send(200, "PUT", entry + "/occurrences/2026-06-29", entry("2026-06-29", "18:00", "18:15", ""));

        agenda.send(204, "DELETE", entry + "/from/2026-06-22", null);
        assertThat(found(31)).containsExactly("2026-06-15 09:00-09:15");

        agenda.send(204, "DELETE", entry + "/from/2026-06-15", null);
        assertThat(found(31)).isEmpty();
        agenda.send(404, "GET", entry, null);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM agenda_entry WHERE subject = ?", Long.class, alice.value()))
                .isZero();
    }

    @Test
    void when_the_index_cannot_take_it_the_old_series_stays_whole() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        jdbc.execute("ALTER TABLE index_slot ADD CONSTRAINT full_house CHECK (subject <> '" + alice + "') NOT VALID");
        try {
            agenda.send(500, "PUT", entry + "/from/2026-06-22", entry("2026-06-22", "10:00", "10:20", ""));
        } finally {
            jdbc.execute("ALTER TABLE index_slot DROP CONSTRAINT full_house");
        }

        assertThat(agenda.get(entry).at("/weekly").has("until")).isFalse();
        assertThat(found(14)).containsExactly("2026-06-15 09:00-09:15", "2026-06-22 09:00-09:15");
    }

    @Test
    void of_two_people_editing_the_same_occurrence_the_second_is_told_and_nothing_is_lost() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        String monday = entry + "/occurrences/2026-06-15";
        List<CompletableFuture<Integer>> edits;
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            edits = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> agenda.send(
                                            "PUT",
                                            monday,
                                            entry("2026-06-15", "1" + i + ":00", "1" + i + ":20", ""),
                                            "\"1\"")
                                    .statusCode(),
                            many))
                    .toList();
        }

        assertThat(edits.stream().map(CompletableFuture::join).sorted()).containsExactly(200, 412, 412, 412);
        List<String> kept = found(14);
        assertThat(agenda.send("DELETE", monday, null, "\"1\"").statusCode()).isEqualTo(412);
        assertThat(agenda.send("PUT", entry + "/from/2026-06-15", entry("", "07:00", "07:20", ""), "\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(found(14)).isEqualTo(kept).hasSize(2);
    }

    @Test
    void a_changed_entry_keeps_the_exceptions_on_whose_dates_it_still_takes_place() {
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday", "tuesday"));
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-15", null);
        agenda.send(204, "DELETE", entry + "/occurrences/2026-06-16", null);

        agenda.send(200, "PUT", entry, weekly("2026-06-15", "10:00", "10:15", "monday"));
        assertThat(found(14)).containsExactly("2026-06-22 10:00-10:15");
        assertThat(agenda.get(entry + "/exceptions").path("exceptions")).hasSize(1);

        agenda.send(200, "PUT", entry, entry("2026-06-15", "10:00", "10:15", ""));
        assertThat(found(14)).containsExactly("2026-06-15 10:00-10:15");
    }

    @Test
    void what_cannot_be_is_refused_field_by_field() {
        assertThat(faults(agenda.send("POST", "/entries", weekly("2026-06-12", "09:00", "09:15", "lundi"), null)))
                .containsExactly(
                        "weekly.days[0] must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday");
        assertThat(faults(
                        agenda.send("POST", "/entries", entry("2026-06-12", "09:00", "09:15", "\"weekly\": {}"), null)))
                .hasSize(1);
        String entry = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        assertThat(faults(agenda.send(
                        "PUT",
                        entry + "/occurrences/2026-06-15",
                        weekly("2026-06-15", "09:00", "09:15", "monday"),
                        null)))
                .hasSize(1)
                .allMatch(fault -> fault.startsWith("weekly cannot be given for one occurrence"));
        String once = agenda.type(entry("2026-06-12", "12:00", "12:15", ""));
        assertThat(faults(agenda.send("DELETE", once + "/from/2026-06-12", null, null)))
                .containsExactly("entry takes place only once: it can only be changed and deleted as a whole");
        assertThat(faults(agenda.send("GET", "/occurrences?from=2026-06-12&to=2027-06-13", null, null)))
                .containsExactly("to must be at most a year after from");
        assertThat(faults(agenda.send("GET", "/occurrences?from=2026-06-12", null, null)))
                .containsExactly("to is required: a day such as 2026-06-12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | {entry}/from/+10000-12-31 | date",
                "DELETE | {entry}/from/2201-01-01 | date",
                "GET | {entry}/occurrences/1899-12-31 | date",
                "GET | /entries?from=-999999999-01-01 | from",
                "GET | /entries?to=+999999999-12-31 | to",
                "GET | /occurrences?from=+999999999-01-01&to=+999999999-12-31 | from",
            })
    void a_day_of_a_year_nobody_lives_in_is_refused(String method, String path, String field) {
        String daily = agenda.type(weekly("2026-06-12", "09:00", "09:15", EVERY_DAY.toArray(String[]::new)));

        String asked = path.replace("{entry}", daily).replace("+", "%2B");
        assertThat(faults(agenda.send(method, asked, null, null)))
                .containsExactly(field + " must be a day in the years 1900 to 2200");
        assertThat(found(1)).hasSize(1);
    }

    private List<String> listed(String from, String to) {
        return StreamSupport.stream(
                        agenda.get("/occurrences?from=" + from + "&to=" + to)
                                .path("occurrences")
                                .spliterator(),
                        false)
                .map(one -> one.path("occurrence").asText() + " "
                        + one.path("date").asText() + " "
                        + one.path("start").asText() + (one.path("changed").asBoolean() ? " changed " : " ")
                        + one.path("version").asInt())
                .toList();
    }

    private long occurrencesKept() {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM agenda_occurrence WHERE subject = ?", Long.class, alice.value());
        return count == null ? 0 : count;
    }

    private List<String> found(int days) {
        return agenda.found(clock.instant(), clock.instant().plus(Duration.ofDays(days)));
    }
}
