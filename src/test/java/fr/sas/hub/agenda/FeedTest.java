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
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The agenda as a calendar at a secret address, as a calendar program reads it. */
@HubTest
@Import(MovableClock.Wound.class)
class FeedTest {

    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void friday_ten_in_paris() {
        clock.moveTo(Instant.parse("2026-06-12T08:00:00Z"));
    }

    @Test
    void the_calendar_shows_what_takes_place_in_the_zone_of_the_place() throws Exception {
        Portal agenda = Portal.of(port, alice, "97400");
        String mondays = agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        agenda.send(204, "DELETE", mondays + "/occurrences/2026-06-22", null);
        agenda.type(entry("2026-06-16", "22:00", "02:00", "\"patients\": 6"));
        agenda.send(
                200,
                "PUT",
                "/places/" + PLACE + "/unavailability",
                "{\"periods\": [{\"from\": \"2026-06-17\", \"to\": \"2026-06-17\"}]}");

        Calendar calendar = read(made(agenda));

        assertThat(calendar.validate().hasErrors()).isFalse();
        List<VTimeZone> zones = calendar.getComponents(Component.VTIMEZONE);
        assertThat(zones).extracting(zone -> zone.getTimeZoneId().getValue()).containsExactly("Indian/Reunion");
        assertThat(events(calendar).subList(0, 3))
                .containsExactly(
                        "2026-06-15T09:00-09:15 Indian/Reunion SAS\u00a0: créneau pour 1 patient, 1 rue des Tilleuls 97400 VILLE",
                        "2026-06-16T22:00-00:00 Indian/Reunion SAS\u00a0: plage pour 6 patients, 1 rue des Tilleuls 97400 VILLE",
                        "2026-06-29T09:00-09:15 Indian/Reunion SAS\u00a0: créneau pour 1 patient, 1 rue des Tilleuls 97400 VILLE");
    }

    @Test
    void a_calendar_says_when_to_look_again_keeps_nobody_busy_and_brings_only_the_clocks_it_needs() {
        Portal agenda = Portal.of(port, alice);
        agenda.type(weekly("2026-06-15", "09:00", "09:15", "monday"));
        agenda.type(weekly("2026-11-02", "09:00", "09:15", "monday"));

        String text = anybody(made(agenda)).body();

        assertThat(text).contains("REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n", "TRANSP:TRANSPARENT\r\n");
        assertThat(text.lines().filter(line -> line.startsWith("TZOFFSET")))
                .isNotEmpty()
                .allMatch(line -> line.matches("TZOFFSET(FROM|TO):[+-]\\d{4}"));
        assertThat(text.lines().filter(line -> line.startsWith("BEGIN:DAYLIGHT") || line.startsWith("BEGIN:STANDARD")))
                .hasSizeBetween(2, 4);
        assertThat(text.split("\r\n"))
                .allSatisfy(line -> assertThat(line.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(75));
        assertThat(anybodysHead(made(agenda))).isEqualTo(200);
    }

    @Test
    void the_calendar_of_an_empty_agenda_is_a_calendar_too() throws Exception {
        Calendar calendar = read(made(Portal.of(port, alice)));

        assertThat(calendar.validate().hasErrors()).isFalse();
        assertThat(events(calendar)).isEmpty();
    }

    @Test
    void an_address_is_worth_nothing_once_another_is_made_or_it_is_revoked() {
        Portal agenda = Portal.of(port, alice);
        String first = made(agenda);
        String second = made(agenda);

        assertThat(anybody(first).statusCode()).isEqualTo(404);
        assertThat(anybody(second).statusCode()).isEqualTo(200);
        agenda.send("DELETE", "/feed", null, null);
        assertThat(anybody(second).statusCode()).isEqualTo(404);
    }

    @Test
    void the_secret_is_long_and_kept_as_its_hash_alone() {
        String secret = made(Portal.of(port, alice)).replaceAll("^/calendar/|\\.ics$", "");

        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(jdbc.queryForObject(
                        "SELECT secret_sha256 = sha256(?) FROM agenda_feed WHERE subject = ?",
                        Boolean.class,
                        secret.getBytes(StandardCharsets.UTF_8),
                        alice.value()))
                .isTrue();
        assertThat(jdbc.queryForObject(
                        "SELECT f::text FROM agenda_feed f WHERE subject = ?", String.class, alice.value()))
                .doesNotContain(secret);
    }

    private static String made(Portal agenda) {
        return agenda.send(201, "POST", "/feed", null).path("address").asText();
    }

    private HttpResponse<String> anybody(String address) {
        return HubClient.at(port).as("nobody").get(address);
    }

    private int anybodysHead(String address) {
        HubClient nobody = HubClient.at(port).as("nobody");
        return nobody.send(nobody.request(address).method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    private Calendar read(String address) throws Exception {
        HttpResponse<String> answer = anybody(address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/calendar;charset=UTF-8");
        return new CalendarBuilder().build(new StringReader(answer.body()));
    }

    private static List<String> events(Calendar calendar) {
        List<VEvent> events = calendar.getComponents(Component.VEVENT);
        return events.stream()
                .map(event -> {
                    ZonedDateTime start =
                            (ZonedDateTime) event.getStartDate().orElseThrow().getDate();
                    ZonedDateTime end =
                            (ZonedDateTime) event.getEndDate().orElseThrow().getDate();
                    return start.toLocalDateTime() + "-" + end.toLocalTime() + " "
                            + event.getStartDate()
                                    .orElseThrow()
                                    .getParameter("TZID")
                                    .map(zone -> zone.getValue())
                                    .orElse("floating")
                            + " " + event.getSummary().getValue() + ", "
                            + event.getLocation().getValue();
                })
                .toList();
    }
}
