package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Typing.PLACE;
import static fr.sas.hub.agenda.Typing.body;
import static fr.sas.hub.agenda.Typing.entry;
import static fr.sas.hub.agenda.Typing.faults;
import static fr.sas.hub.agenda.Typing.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The agenda over HTTP: what is typed is what the platform's search finds. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaTest {

    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();
    private Typing agenda;

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    @Autowired
    Vendors vendors;

    @BeforeEach
    void alice_works_in_paris() throws Exception {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        agenda = new Typing(port, alice, clock);
        agenda.works("75001", "+33199001122");
    }

    @Test
    void a_typed_slot_is_found_at_once_in_the_shape_of_the_guide_and_without_a_booking_page() throws Exception {
        HttpResponse<String> typed = agenda.post(entry("2026-06-12", "16:40", "17:00"));

        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        JsonNode bundle = agenda.search();
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
        agenda.post(
                entry("2026-06-12", "14:00", "18:00").replace("}", ", \"patients\": 6, \"modes\": [\"HH\", \"VR\"]}"));

        JsonNode slot = agenda.search().at("/entry/0/resource");
        assertThat(slot.at("/extension/0/url").asText()).endsWith("/slot-capacity");
        assertThat(slot.at("/extension/0/valueInteger").asInt()).isEqualTo(6);
        assertThat(slot.at("/serviceType").findValuesAsText("code")).containsExactly("HH", "VR");
    }

    @Test
    void an_entry_is_read_as_it_was_typed_with_its_instants_and_who_typed_it() throws Exception {
        HttpResponse<String> typed = agenda.send(
                "POST",
                "",
                entry("2026-06-12", "16:40", "17:00").replace(PLACE, "375000000100015"),
                Map.of("X-Acting-Person", "practitioner " + alice));
        String location = typed.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> read =
                agenda.send("GET", location.substring(agenda.path("").length()), null, Map.of());

        assertThat(read.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(body(read)).isEqualTo(body(typed));
        assertThat(body(read).path("place").asText()).isEqualTo(PLACE);
        assertThat(body(read).path("kind").asText()).isEqualTo("slot");
        assertThat(body(read).path("patients").asInt()).isEqualTo(1);
        assertThat(body(read).path("startsAt").asText()).isEqualTo("2026-06-12T16:40:00+02:00");
        assertThat(body(read).path("createdBy").asText()).isEqualTo("test-portal for practitioner " + alice);
        assertThat(body(read).path("createdAt").asText()).isEqualTo("2026-06-12T08:00:00Z");
    }

    @Test
    void a_changed_entry_is_found_as_it_is_now_and_a_deleted_one_is_not_found() throws Exception {
        String id = id(agenda.post(entry("2026-06-12", "16:40", "17:00")));

        HttpResponse<String> changed =
                agenda.send("PUT", "/" + id, entry("2026-06-13", "09:00", "09:30"), Map.of("If-Match", "\"1\""));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(agenda.starts()).containsExactly("2026-06-13T09:00:00.000+02:00");

        assertThat(agenda.send("DELETE", "/" + id, null, Map.of("If-Match", "\"2\""))
                        .statusCode())
                .isEqualTo(204);
        assertThat(agenda.starts()).isEmpty();
        assertThat(agenda.send("GET", "/" + id, null, Map.of()).statusCode()).isEqualTo(404);
        assertThat(indexed()).isZero();
    }

    @Test
    void what_was_read_can_be_sent_back_changed() throws Exception {
        HttpResponse<String> typed = agenda.post(entry("2026-06-12", "16:40", "17:00"));

        HttpResponse<String> changed =
                agenda.send("PUT", "/" + id(typed), typed.body().replace("\"17:00\"", "\"17:10\""), Map.of());

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(agenda.search().at("/entry/0/resource/end").asText()).isEqualTo("2026-06-12T17:10:00.000+02:00");
    }

    @Test
    void a_stale_change_is_refused_and_changes_nothing() throws Exception {
        String id = id(agenda.post(entry("2026-06-12", "16:40", "17:00")));
        agenda.send("PUT", "/" + id, entry("2026-06-12", "15:00", "15:20"), Map.of("If-Match", "\"1\""));

        HttpResponse<String> late =
                agenda.send("PUT", "/" + id, entry("2026-06-12", "18:00", "18:20"), Map.of("If-Match", "\"1\""));
        HttpResponse<String> lateDelete = agenda.send("DELETE", "/" + id, null, Map.of("If-Match", "\"1\""));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(lateDelete.statusCode()).isEqualTo(412);
        assertThat(agenda.starts()).containsExactly("2026-06-12T15:00:00.000+02:00");
    }

    @Test
    void of_two_edits_at_the_same_moment_one_is_told_and_of_many_new_entries_none_is_lost() throws Exception {
        String id = id(agenda.post(entry("2026-06-13", "08:00", "08:10")));
        List<CompletableFuture<Integer>> edits = new ArrayList<>();
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                int minute = 10 + i;
                edits.add(CompletableFuture.supplyAsync(
                        () -> agenda.status("PUT", "/" + id, entry("2026-06-13", "08:" + minute, "09:00"), "\"1\""),
                        many));
                CompletableFuture.runAsync(
                        () -> agenda.status("POST", "", entry("2026-06-13", "10:" + minute, "11:00"), "*"), many);
            }
        }

        assertThat(edits.stream().map(CompletableFuture::join).sorted().toList())
                .containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
        assertThat(agenda.starts()).hasSize(9);
        assertThat(indexed()).isEqualTo(9);
    }

    @Test
    void when_the_index_cannot_take_it_nothing_is_saved() throws Exception {
        jdbc.execute("ALTER TABLE index_slot ADD CONSTRAINT full_house CHECK (subject <> '" + alice + "') NOT VALID");
        try {
            assertThat(agenda.post(entry("2026-06-12", "16:40", "17:00")).statusCode())
                    .isEqualTo(500);
        } finally {
            jdbc.execute("ALTER TABLE index_slot DROP CONSTRAINT full_house");
        }

        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM agenda_entry WHERE subject = ?", Long.class, alice.value()))
                .isZero();
        assertThat(agenda.starts()).isEmpty();
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
        agenda.post(entry("2026-06-12", "16:40", "17:00"));
        assertThat(agenda.starts()).hasSize(4);

        HttpResponse<String> refusal = HubClient.at(port)
                .as("test-portal")
                .put("/api/v1/practitioners/" + alice + "/settings", "{\"vendorSlotsHidden\": true}");
        assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(200);

        assertThat(agenda.starts()).containsExactly("2026-06-12T16:40:00.000+02:00");
        Files.delete(connectors.resolve("agenda-etoile.yaml"));
    }

    @Test
    void entries_are_listed_by_day_without_those_that_are_over() throws Exception {
        agenda.post(entry("2026-06-14", "09:00", "09:15"));
        agenda.post(entry("2026-06-12", "16:40", "17:00"));
        agenda.post(entry("2026-06-12", "08:00", "08:15"));

        assertThat(agenda.listed("")).containsExactly("2026-06-12 16:40", "2026-06-14 09:00");
        assertThat(agenda.listed("?from=2026-06-12&to=2026-06-13"))
                .containsExactly("2026-06-12 08:00", "2026-06-12 16:40");
        assertThat(faults(agenda.send("GET", "?from=tomorrow", null, Map.of())))
                .containsExactly("from must be a day such as 2026-06-12");
        assertThat(faults(agenda.send("GET", "?from=2026-06-14&to=2026-06-13", null, Map.of())))
                .containsExactly("to must not be before from");
    }

    private long indexed() {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE subject = ?", Long.class, alice.value());
        return count == null ? 0 : count;
    }
}
