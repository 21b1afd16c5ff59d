package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The agenda's pages without JavaScript, as a practitioner with one place meets them: opened, filled in and read. */
@PeopleHubTest
abstract class AgendaForms {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern BLOCK = Pattern.compile("(?s)<li class=\"block.*?</li>");
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");
    static final AtomicInteger PEOPLE = new AtomicInteger(810_000_060);

    @LocalServerPort
    int port;

    final LocalDate day = LocalDate.now(PARIS).plusDays(8);
    String rpps;
    String agenda;
    HubClient portal;
    PageReader alice;

    @BeforeEach
    void a_practitioner_with_one_place_is_signed_in() {
        rpps = "81" + "0" + PEOPLE.incrementAndGet();
        agenda = "/espace/effecteurs/" + rpps + "/agenda";
        portal = HubClient.at(port).as("test-portal");
        knows(rpps, place("1750000801", "1 rue des Lilas", "75011", "PARIS"));
        alice = signIn();
    }

    HttpResponse<String> create(String... fields) {
        alice.open(agenda + "/disponibilites/nouvelle");
        return alice.submit(
                agenda + "/disponibilites/nouvelle",
                List.of(fields).contains("lieu") ? fields : with(fields, "lieu", place()));
    }

    /** Of a quarter of an hour, at eight. @param more fields beside its own, name and value in turn */
    HttpResponse<String> createSlot(String... more) {
        return create(with(
                new String[] {"date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB"
                },
                more));
    }

    HttpResponse<String> weekOf(LocalDate date) {
        return alice.open(agenda + "?semaine=" + IsoWeek.of(date));
    }

    /** Of what is shown on this day. */
    String address(HttpResponse<String> week, LocalDate date) {
        return address(week, date, "");
    }

    String address(HttpResponse<String> week, LocalDate date, String hour) {
        String shown = onDay(week.body(), date);
        int from = hour.isEmpty() ? 0 : shown.lastIndexOf("<li class=\"block", shown.indexOf(hour));
        return first("href=\"(/espace/[^\"]+/disponibilites/[0-9a-f]{8}-[^\"/]+/[0-9-]+)\"", shown.substring(from));
    }

    List<String> hoursOn(LocalDate date) {
        Matcher hours = Pattern.compile("<strong>(\\d\\dh\\d\\d - \\d\\dh\\d\\d)</strong>")
                .matcher(onDay(weekOf(date).body(), date));
        return hours.results().map(found -> found.group(1)).toList();
    }

    static String onDay(String week, LocalDate date) {
        int from = week.indexOf("data-date=\"" + date + "\"");
        return week.substring(from, week.indexOf("</section>", from));
    }

    static String version(HttpResponse<String> form) {
        return first("name=\"version\" value=\"([^\"]+)\"", form.body());
    }

    static String first(String pattern, String body) {
        Matcher found = Pattern.compile(pattern).matcher(body);
        assertThat(found.find()).as(pattern + " in " + text(body)).isTrue();
        return found.group(1);
    }

    static List<String> blocks(HttpResponse<String> week) {
        return BLOCK.matcher(week.body())
                .results()
                .map(MatchResult::group)
                .map(AgendaForms::text)
                .toList();
    }

    /** As somebody reads it. */
    static String text(String html) {
        return TAGS.matcher(html)
                .replaceAll(" ")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&amp;", "&")
                .replaceAll("[\\s\\h]+", " ");
    }

    static String french(LocalDate date) {
        return date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
    }

    static String title(LocalDate date) {
        LocalDate monday = IsoWeek.of(date).monday();
        return DayWords.of(monday, "d MMMM yyyy", Locale.FRENCH) + " - "
                + DayWords.of(monday.plusDays(6), "d MMMM yyyy", Locale.FRENCH);
    }

    static String[] with(String[] fields, String... more) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    /** Starts of what the platform's search finds on that day and the two after it, on the clock of Paris. */
    List<String> found(LocalDate date) {
        return starts(date).stream()
                .map(start -> Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(start))
                        .atZone(PARIS)
                        .toLocalTime()
                        .toString())
                .toList();
    }

    List<String> starts(LocalDate date) {
        JsonNode answer = HubClient.at(port)
                .json(HubClient.slotsOf(
                        date.atStartOfDay(PARIS).toInstant(),
                        date.plusDays(1).atStartOfDay(PARIS).toInstant(),
                        rpps));
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText())
                .toList();
    }

    PageReader signIn() {
        return SignInProvider.signIn(port, rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
    }

    void knows(String practitioner, String places) {
        HttpResponse<String> known = portal.put(
                "/api/v1/practitioners/" + practitioner,
                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": [" + places
                        + "]}");
        assertThat(known.statusCode()).as(known.body()).isIn(200, 201);
    }

    static String place(String structure, String line, String postalCode, String city) {
        return "{\"structures\": [\"%s\"], \"line\": \"%s\", \"postalCode\": \"%s\", \"city\": \"%s\"}"
                .formatted(structure, line, postalCode, city);
    }

    String place() {
        return portal.json("/api/v1/practitioners/" + rpps)
                .path("places")
                .path(0)
                .path("id")
                .asText();
    }

    static String weekday(LocalDate date) {
        return date.getDayOfWeek().name().toLowerCase(Locale.ROOT);
    }

    /** A slot at eight on that day, and every week after it. */
    void weekly() {
        create(
                "date",
                day.toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB",
                "jours",
                weekday(day));
    }

    HttpResponse<String> change(LocalDate date, String start, String end, String scope) {
        HttpResponse<String> form = alice.open(address(weekOf(date), date));
        return alice.submit(
                form.uri().getPath(),
                "version",
                version(form),
                "lieu",
                place(),
                "date",
                date.toString(),
                "debut",
                start,
                "fin",
                end,
                "choix",
                "slot",
                "types",
                "AMB",
                "portee",
                scope,
                "jours",
                weekday(day));
    }

    HttpResponse<String> delete(LocalDate date, String scope) {
        return deleteAt(address(weekOf(date), date), scope);
    }

    HttpResponse<String> deleteAt(String occurrence, String scope) {
        HttpResponse<String> form = alice.open(occurrence + "/suppression");
        return alice.submit(form.uri().getPath(), "version", version(form), "portee", scope);
    }

    HttpResponse<String> undo(HttpResponse<String> deleted) {
        return alice.submit(first("action=\"([^\"]+/annulation)\"", deleted.body()));
    }
}
