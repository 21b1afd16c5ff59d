package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.connector.Vendors;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The agenda over HTTP: what is typed is what the platform's search finds. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger(700);
    private static final String DIRECTORY = "the directory";
    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PractitionerId alice = Batches.practitioner(NUMBER.incrementAndGet());
    private final String place = "1750000001";

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Telling telling;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    @Autowired
    Vendors vendors;

    @BeforeEach
    void alice_works_in_paris() throws Exception {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        works("75001", "+33199001122");
    }

    @Test
    void a_typed_slot_is_found_at_once_in_the_shape_of_the_guide_and_without_a_booking_page() throws Exception {
        HttpResponse<String> typed = post(entry("2026-06-12", "16:40", "17:00"));

        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        JsonNode bundle = search();
        assertThat(bundle.path("total").asInt()).isEqualTo(1);
        JsonNode slot = bundle.at("/entry/0/resource");
        assertThat(slot.path("start").asText()).isEqualTo("2026-06-12T16:40:00.000+02:00");
        assertThat(slot.path("end").asText()).isEqualTo("2026-06-12T17:00:00.000+02:00");
        assertThat(slot.at("/meta/source").asText()).isEqualTo("agenda");
        assertThat(slot.at("/meta/profile/0").asText()).endsWith("/FrSlotAgregateur");
        assertThat(slot.at("/meta/security").findValuesAsText("code")).containsExactly("PUBLIC", "PRO", "SNP");
        assertThat(slot.at("/serviceType/0/coding/0/code").asText()).isEqualTo("AMB");
        assertThat(slot.at("/specialty/0/coding/0/code").asText()).isEqualTo("SM54");
        assertThat(slot.at("/appointmentType/coding/0/code").asText()).isEqualTo("ROUTINE");
        assertThat(slot.has("comment")).isFalse();
        assertThat(slot.has("extension")).isFalse();
        assertThat(slot.at("/meta").has("tag")).isFalse();
        assertThat(bundle.findValuesAsText("family")).containsExactly("DURAND");
        assertThat(bundle.toString())
                .contains("1 rue des Tilleuls", "+33199001122", "1750000001")
                .doesNotContain("OperationOutcome");
    }

    @Test
    void a_range_says_how_many_patients_can_be_sent_and_how() throws Exception {
        post(entry("2026-06-12", "14:00", "18:00").replace("}", ", \"patients\": 6, \"modes\": [\"HH\", \"VR\"]}"));

        JsonNode slot = search().at("/entry/0/resource");
        assertThat(slot.at("/extension/0/url").asText()).endsWith("/slot-capacity");
        assertThat(slot.at("/extension/0/valueInteger").asInt()).isEqualTo(6);
        assertThat(slot.at("/serviceType").findValuesAsText("code")).containsExactly("HH", "VR");
    }

    @Test
    void an_entry_is_read_as_it_was_typed_with_its_instants_and_who_typed_it() throws Exception {
        HttpResponse<String> typed = send(
                "POST",
                "",
                entry("2026-06-12", "16:40", "17:00").replace(place, "375000000100015"),
                Map.of("X-Acting-Person", "practitioner " + alice));
        String location = typed.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> read = send("GET", location.substring(path("").length()), null, Map.of());

        assertThat(read.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(body(read)).isEqualTo(body(typed));
        assertThat(body(read).path("place").asText()).isEqualTo(place);
        assertThat(body(read).path("kind").asText()).isEqualTo("slot");
        assertThat(body(read).path("patients").asInt()).isEqualTo(1);
        assertThat(body(read).path("startsAt").asText()).isEqualTo("2026-06-12T16:40:00+02:00");
        assertThat(body(read).path("createdBy").asText()).isEqualTo("test-portal for practitioner " + alice);
        assertThat(body(read).path("createdAt").asText()).isEqualTo("2026-06-12T08:00:00Z");
    }

    @Test
    void a_changed_entry_is_found_as_it_is_now_and_a_deleted_one_is_not_found() throws Exception {
        String id = id(post(entry("2026-06-12", "16:40", "17:00")));

        HttpResponse<String> changed =
                send("PUT", "/" + id, entry("2026-06-13", "09:00", "09:30"), Map.of("If-Match", "\"1\""));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(starts()).containsExactly("2026-06-13T09:00:00.000+02:00");

        assertThat(send("DELETE", "/" + id, null, Map.of("If-Match", "\"2\"")).statusCode())
                .isEqualTo(204);
        assertThat(starts()).isEmpty();
        assertThat(send("GET", "/" + id, null, Map.of()).statusCode()).isEqualTo(404);
        assertThat(indexed()).isZero();
    }

    @Test
    void what_was_read_can_be_sent_back_changed() throws Exception {
        HttpResponse<String> typed = post(entry("2026-06-12", "16:40", "17:00"));

        HttpResponse<String> changed =
                send("PUT", "/" + id(typed), typed.body().replace("\"17:00\"", "\"17:10\""), Map.of());

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(search().at("/entry/0/resource/end").asText()).isEqualTo("2026-06-12T17:10:00.000+02:00");
    }

    @Test
    void a_stale_change_is_refused_and_changes_nothing() throws Exception {
        String id = id(post(entry("2026-06-12", "16:40", "17:00")));
        send("PUT", "/" + id, entry("2026-06-12", "15:00", "15:20"), Map.of("If-Match", "\"1\""));

        HttpResponse<String> late =
                send("PUT", "/" + id, entry("2026-06-12", "18:00", "18:20"), Map.of("If-Match", "\"1\""));
        HttpResponse<String> lateDelete = send("DELETE", "/" + id, null, Map.of("If-Match", "\"1\""));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(lateDelete.statusCode()).isEqualTo(412);
        assertThat(starts()).containsExactly("2026-06-12T15:00:00.000+02:00");
    }

    @Test
    void of_two_edits_at_the_same_moment_one_is_told_and_of_many_new_entries_none_is_lost() throws Exception {
        String id = id(post(entry("2026-06-13", "08:00", "08:10")));
        List<CompletableFuture<Integer>> edits = new ArrayList<>();
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                int minute = 10 + i;
                edits.add(CompletableFuture.supplyAsync(
                        () -> status("PUT", "/" + id, entry("2026-06-13", "08:" + minute, "09:00"), "\"1\""), many));
                CompletableFuture.runAsync(
                        () -> status("POST", "", entry("2026-06-13", "10:" + minute, "11:00"), "*"), many);
            }
        }

        assertThat(edits.stream().map(CompletableFuture::join).sorted().toList())
                .containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
        assertThat(starts()).hasSize(9);
        assertThat(indexed()).isEqualTo(9);
    }

    @Test
    void when_the_index_cannot_take_it_nothing_is_saved() throws Exception {
        jdbc.execute("ALTER TABLE index_slot ADD CONSTRAINT full_house CHECK (subject <> '" + alice + "') NOT VALID");
        try {
            assertThat(post(entry("2026-06-12", "16:40", "17:00")).statusCode()).isEqualTo(500);
        } finally {
            jdbc.execute("ALTER TABLE index_slot DROP CONSTRAINT full_house");
        }

        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM agenda_entry WHERE subject = ?", Long.class, alice.value()))
                .isZero();
        assertThat(starts()).isEmpty();
    }

    @Test
    void a_practitioner_who_refuses_vendors_slots_keeps_typed_ones() throws Exception {
        Source vendor = new Source("agenda-etoile");
        Files.writeString(
                connectors.resolve("agenda-etoile.yaml"),
                "vendor: agenda-etoile\nname: Agenda Soleil\nstatus: paused\nbaseUrl: http://localhost:9\n"
                        + "flows: [individual]\nroster: ['" + alice + "']\n");
        await().until(() -> vendors.find(vendor).isPresent());
        index.replace(participation.screen(Batches.batch(
                vendor, FRIDAY_TEN_IN_PARIS, List.of(alice), FRIDAY_TEN_IN_PARIS.plus(Duration.ofHours(1)), 3)));
        post(entry("2026-06-12", "16:40", "17:00"));
        assertThat(starts()).hasSize(4);

        HttpRequest refusal = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/practitioners/" + alice + "/settings"))
                .header("Authorization", "Bearer test-portal")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"vendorSlotsHidden\": true}"))
                .build();
        assertThat(http.send(refusal, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        assertThat(starts()).containsExactly("2026-06-12T16:40:00.000+02:00");
        Files.delete(connectors.resolve("agenda-etoile.yaml"));
    }

    @ParameterizedTest(name = "{0} {1}-{2} seen at {3}")
    @CsvSource({
        "2026-06-12, 20:00, 08:00, 2026-06-12T08:00:00Z, 2026-06-12T20:00:00.000+02:00, 2026-06-13T08:00:00.000+02:00",
        "2026-03-29, 02:30, 02:45, 2026-03-28T12:00:00Z, 2026-03-29T03:30:00.000+02:00, 2026-03-29T03:45:00.000+02:00",
        "2026-03-28, 20:00, 08:00, 2026-03-28T12:00:00Z, 2026-03-28T20:00:00.000+01:00, 2026-03-29T08:00:00.000+02:00",
        "2026-10-25, 02:30, 03:30, 2026-10-24T12:00:00Z, 2026-10-25T02:30:00.000+02:00, 2026-10-25T03:30:00.000+01:00",
        "2026-10-25, 09:00, 09:15, 2026-10-24T12:00:00Z, 2026-10-25T09:00:00.000+01:00, 2026-10-25T09:15:00.000+01:00",
    })
    void hours_are_the_places_at_night_and_when_the_clocks_change(
            String date, String from, String to, Instant now, String start, String end) throws Exception {
        clock.moveTo(now);

        assertThat(post(entry(date, from, to).replace("}", ", \"kind\": \"range\"}"))
                        .statusCode())
                .isEqualTo(201);

        JsonNode slot = search().at("/entry/0/resource");
        assertThat(slot.path("start").asText()).isEqualTo(start);
        assertThat(slot.path("end").asText()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "97400, 2026-06-13, 2026-06-11, 2026-06-13T03:00:00.000+04:00",
        "98800, 2026-06-13, 2026-06-11, 2026-06-13T09:45:00.000+11:00",
        "97200, 2026-06-12, 2026-06-10, 2026-06-12T23:45:00.000-04:00",
    })
    void overseas_around_midnight_today_is_the_places_day(String postalCode, String today, String past, String start)
            throws Exception {
        clock.moveTo(Instant.parse("2026-06-12T22:30:00Z"));
        works(postalCode, "+33199001122");
        String hour = start.substring(11, 16);

        assertThat(post(entry(today, hour, "23:59")).statusCode()).isEqualTo(201);
        assertThat(starts()).containsExactly(start);
        assertThat(faults(post(entry(past, hour, "23:59")))).containsExactly("date is past");
    }

    @Test
    void bad_input_is_told_field_by_field() throws Exception {
        HttpResponse<String> refused = post("""
                {"place": "elsewhere", "date": "2026-02-30", "start": "25:00", "end": "9h", "patients": 0, "kind": "party",
                 "modes": ["AMB", "XX"], "audiences": []}""");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(faults(refused))
                .containsExactly(
                        "place is not a place where this practitioner works; known are " + place,
                        "date is a day such as 2026-06-12",
                        "start is a time of the day such as 08:30, from 00:00 to 23:59",
                        "end is a time of the day such as 08:30, from 00:00 to 23:59",
                        "patients is a number from 1 to 1000",
                        "kind is slot or range",
                        "modes[1] is one of AMB, HH, VR",
                        "audiences names at least one of PUBLIC, PRO, SNP, CPTS");
        assertThat(faults(post("{}"))).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-06-12 | 09:00 | 09:00 | \"patients\": 1 | end is not the start: an entry has a length",
                "2026-06-10 | 09:00 | 09:15 | \"patients\": 1 | date is past",
                "+999999999-12-31 | 09:00 | 09:15 | \"patients\": 1 | date is a day of the years 1900 to 2200",
                "2062-06-12 | 09:00 | 09:15 | \"patients\": 1 | date is more than 2 years ahead",
                "2026-06-12 | 09:00 | 09:15 | \"kind\": \"slot\", \"patients\": 2 | kind is range for several patients: a slot is for one",
                "2026-10-25 | 02:45 | 02:30 | \"patients\": 1 | end is at most 24 hours after the start of a slot",
            })
    void what_cannot_be_is_refused(String date, String start, String end, String more, String fault) throws Exception {
        assertThat(faults(post(entry(date, start, end).replace("}", ", " + more + "}"))))
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
        HttpResponse<String> refused = post("{" + more + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(body(refused).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void somebody_whom_the_directory_does_not_know_has_no_agenda() throws Exception {
        send("DELETE", DIRECTORY, null, Map.of());

        HttpResponse<String> refused = post(entry("2026-06-12", "16:40", "17:00"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(body(refused).path("detail").asText()).contains("The directory knows no practitioner " + alice);
        assertThat(send("GET", "", null, Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void entries_are_listed_by_day_without_those_that_are_over() throws Exception {
        post(entry("2026-06-14", "09:00", "09:15"));
        post(entry("2026-06-12", "16:40", "17:00"));
        post(entry("2026-06-12", "08:00", "08:15"));

        assertThat(listed("")).containsExactly("2026-06-12 16:40", "2026-06-14 09:00");
        assertThat(listed("?from=2026-06-12&to=2026-06-13")).containsExactly("2026-06-12 08:00", "2026-06-12 16:40");
        assertThat(faults(send("GET", "?from=tomorrow", null, Map.of())))
                .containsExactly("from is a day such as 2026-06-12");
        assertThat(faults(send("GET", "?from=2026-06-14&to=2026-06-13", null, Map.of())))
                .containsExactly("to is not before from");
    }

    @Test
    void an_entry_beyond_the_horizon_comes_in_by_itself() throws Exception {
        post(entry("2026-07-20", "16:40", "17:00"));
        assertThat(indexed()).isZero();

        clock.moveTo(Instant.parse("2026-07-19T08:00:00Z"));
        telling.renew();

        assertThat(starts()).containsExactly("2026-07-20T16:40:00.000+02:00");
    }

    @Test
    void a_new_phone_of_the_place_arrives_and_a_forgotten_practitioner_keeps_what_was_known() throws Exception {
        post(entry("2026-06-14", "16:40", "17:00"));
        works("75001", "+33199003344");
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofMinutes(1)));
        telling.renew();
        assertThat(search().toString()).contains("+33199003344");

        send("DELETE", DIRECTORY, null, Map.of());
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofDays(1)));
        telling.renew();
        assertThat(search().toString()).contains("DURAND", "1 rue des Tilleuls");
    }

    @Test
    void an_agenda_that_another_node_works_on_is_passed_over_and_stays_due() throws Exception {
        post(entry("2026-06-14", "16:40", "17:00"));
        works("75001", "+33199003344");
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofDays(1)));

        transaction.executeWithoutResult(otherNode -> {
            jdbc.queryForList("SELECT 1 FROM agenda_subject WHERE subject = ? FOR UPDATE", alice.value());
            CompletableFuture.runAsync(telling::renew).join();
        });
        assertThat(search().toString()).contains("+33199001122");

        telling.renew();
        assertThat(search().toString()).contains("+33199003344");
    }

    private void works(String postalCode, String phone) throws Exception {
        HttpResponse<String> written = send("PUT", DIRECTORY, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "specialties": ["SM54"],
                 "places": [{"structures": ["1750000001", "375000000100015"], "line": "1 rue des Tilleuls",
                             "postalCode": "%s", "city": "VILLE", "phone": "%s"}]}""".formatted(postalCode, phone), Map.of());
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
    }

    private String entry(String date, String start, String end) {
        return "{\"place\": \"%s\", \"date\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"modes\": [\"AMB\"]}"
                .formatted(place, date, start, end);
    }

    private HttpResponse<String> post(String json) throws Exception {
        return send("POST", "", json, Map.of());
    }

    private int status(String method, String entry, String json, String ifMatch) {
        try {
            return send(method, entry, json, Map.of("If-Match", ifMatch)).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String path(String entry) {
        String practitioner = "/api/v1/practitioners/" + alice;
        return entry.equals(DIRECTORY) ? practitioner : practitioner + "/agenda/entries" + entry;
    }

    private HttpResponse<String> send(String method, String entry, @Nullable String json, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path(entry)))
                .header("Authorization", "Bearer test-portal")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> typed) throws Exception {
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        return body(typed).path("id").asText();
    }

    private static JsonNode body(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static List<String> faults(HttpResponse<String> refused) throws Exception {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return StreamSupport.stream(body(refused).path("errors").spliterator(), false)
                .map(fault -> fault.path("field").asText() + " "
                        + fault.path("message").asText())
                .toList();
    }

    private List<String> listed(String query) throws Exception {
        return StreamSupport.stream(
                        body(send("GET", query, null, Map.of())).path("entries").spliterator(), false)
                .map(entry ->
                        entry.path("date").asText() + " " + entry.path("start").asText())
                .toList();
    }

    private long indexed() {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE subject = ?", Long.class, alice.value());
        return count == null ? 0 : count;
    }

    private List<String> starts() throws Exception {
        JsonNode entries = search().path("entry");
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entries.get(i).path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText())
                .toList();
    }

    private JsonNode search() throws Exception {
        Instant now = clock.instant();
        String query = "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + now
                + "&start=le" + now.plus(Duration.ofHours(72))
                + "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + alice + "&status=free";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + query))
                .header("Authorization", "Bearer test-search")
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
