package fr.sas.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;

/** Every change leaves one line that says who, when, what, before and after; a change that fails leaves none. */
@HubTest
@Import(MovableClock.Wound.class)
class HistoryTest {

    private static final Instant FRIDAY = Instant.parse("2026-06-12T08:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    History history;

    private People people;
    private HubClient camille;
    private String byCamille;

    @BeforeEach
    void camille_is_alices_delegate() {
        clock.moveTo(FRIDAY);
        people = new People(port);
        people.accepted(people.email("camille"));
        camille = people.delegate(people.email("camille"));
        byCamille = "delegate " + people.email("camille");
        clock.moveTo(FRIDAY.plusSeconds(60));
    }

    @Test
    void settings_are_remembered() {
        HubClient alice = people.practitioner();
        change(alice, "PUT", "/settings", "{\"emergencyReorientation\": true}");
        JsonNode first = newest();
        change(alice, "PUT", "/settings", "{\"vendorSlotsHidden\": true}");
        JsonNode second = newest();

        assertThat(told(first)).isEqualTo("settings settings by test-portal for practitioner " + people.alice);
        assertThat(first.path("before").isNull()).isTrue();
        assertThat(first.at("/after/emergencyReorientation").asBoolean()).isTrue();
        assertThat(second.path("before")).isEqualTo(first.path("after"));
        assertThat(second.at("/after/vendorSlotsHidden").asBoolean()).isTrue();
        assertThat(second.path("at").asText()).isEqualTo("2026-06-12T08:01:00Z");
    }

    @Test
    void an_entry_is_remembered_from_its_first_day_to_its_last() {
        String id = typed(people.entry());
        JsonNode created = newest();
        change(camille, "PUT", "/agenda/entries/" + id, people.entry().replace("09:15", "09:20"));
        JsonNode changed = newest();
        change(camille, "DELETE", "/agenda/entries/" + id, null);
        JsonNode deleted = newest();

        assertThat(told(created)).isEqualTo("agenda agenda/entries/" + id + " by test-portal for " + byCamille);
        assertThat(created.path("before").isNull()).isTrue();
        assertThat(created.at("/after/end").asText()).isEqualTo("09:15");
        assertThat(created.path("after").has("createdBy")).isFalse();
        assertThat(changed.at("/before/end").asText()).isEqualTo("09:15");
        assertThat(changed.at("/after/end").asText()).isEqualTo("09:20");
        assertThat(deleted.path("before")).isEqualTo(changed.path("after"));
        assertThat(deleted.path("after").isNull()).isTrue();
    }

    @Test
    void changes_of_a_weekly_entry_are_remembered_each_with_its_scope() {
        String id = typed(weekly());
        String one = "agenda/entries/" + id + "/occurrences/2026-06-22";
        change(camille, "PUT", "/" + one, people.entry().replace("2026-06-15", "2026-06-23"));
        JsonNode changed = newest();
        change(camille, "DELETE", "/" + one, null);
        JsonNode deleted = newest();
        change(camille, "DELETE", "/agenda/entries/" + id + "/exceptions/2026-06-22", null);
        JsonNode restored = newest();
        change(camille, "PUT", "/agenda/entries/" + id + "/from/2026-06-29", weekly().replace("09:15", "09:40"));
        JsonNode from = newest();
        change(camille, "DELETE", "/agenda/entries/" + id + "/from/2026-06-22", null);
        JsonNode ended = newest();

        assertThat(List.of(told(changed), told(deleted), told(restored)))
                .containsOnly("agenda " + one + " by test-portal for " + byCamille);
        assertThat(changed.at("/before/date").asText()).isEqualTo("2026-06-22");
        assertThat(changed.at("/after/date").asText()).isEqualTo("2026-06-23");
        assertThat(deleted.at("/before/date").asText()).isEqualTo("2026-06-23");
        assertThat(deleted.path("after").isNull()).isTrue();
        assertThat(restored.path("before").isNull()).isTrue();
        assertThat(restored.path("undoesDeletion").asBoolean()).isTrue();
        assertThat(List.of(changed, deleted, from, ended))
                .noneMatch(line -> line.path("undoesDeletion").asBoolean());
        assertThat(restored.at("/after/date").asText()).isEqualTo("2026-06-22");
        assertThat(from.path("about").asText()).isEqualTo("agenda/entries/" + id + "/from/2026-06-29");
        assertThat(from.at("/before/date").asText())
                .as("the first that changed")
                .isEqualTo("2026-06-29");
        assertThat(from.at("/before/end").asText()).isEqualTo("09:15");
        assertThat(from.at("/after/end").asText()).isEqualTo("09:40");
        assertThat(ended.path("about").asText()).isEqualTo("agenda/entries/" + id + "/from/2026-06-22");
        assertThat(ended.at("/before/date").asText())
                .as("the first that is gone")
                .isEqualTo("2026-06-22");
        assertThat(ended.at("/before/startsAt").asText()).startsWith("2026-06-22T");
        assertThat(ended.path("after").isNull()).isTrue();
    }

    @Test
    void what_is_said_of_a_place_is_remembered() {
        String place = "agenda/places/" + people.place;
        change(camille, "PUT", "/" + place + "/unavailability", "{\"fromNow\": true}");
        JsonNode away = newest();
        change(camille, "PUT", "/" + place + "/unavailability", "{}");
        JsonNode back = newest();
        change(camille, "PUT", "/" + place + "/information", "{\"text\": \"Sonner deux fois\"}");
        JsonNode said = newest();

        assertThat(told(away)).isEqualTo("unavailability " + place + "/unavailability by test-portal for " + byCamille);
        assertThat(away.path("before").isNull()).isTrue();
        assertThat(back.path("before")).isEqualTo(away.path("after"));
        assertThat(back.at("/before/fromNow").asBoolean()).isTrue();
        assertThat(back.at("/after/fromNow").asBoolean()).isFalse();
        assertThat(told(said)).isEqualTo("information " + place + "/information by test-portal for " + byCamille);
        assertThat(said.at("/after/text").asText()).isEqualTo("Sonner deux fois");
    }

    @Test
    void of_a_calendar_address_it_is_remembered_that_there_is_one_and_never_which() {
        HttpResponse<String> made = change(camille, "POST", "/agenda/feed", null);
        JsonNode first = newest();
        change(camille, "POST", "/agenda/feed", null);
        JsonNode another = newest();
        change(camille, "DELETE", "/agenda/feed", null);
        JsonNode revoked = newest();
        int before = changes("").size();
        send(camille, "DELETE", "/agenda/feed", null);

        assertThat(told(first)).isEqualTo("feed agenda/feed by test-portal for " + byCamille);
        assertThat(first.path("after").toString()).isEqualTo("{\"madeAt\":\"2026-06-12T08:01:00Z\"}");
        assertThat(another.path("before")).isEqualTo(first.path("after"));
        assertThat(revoked.path("after").isNull()).isTrue();
        assertThat(changes("")).as("nothing was revoked the second time").hasSize(before);
        String secret = People.body(made).path("address").asText().replaceAll(".*/|\\.ics", "");
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(jdbc.queryForList("SELECT history_change::text FROM history_change", String.class))
                .noneMatch(line -> line.contains(secret));
    }

    @Test
    void a_kind_of_change_that_only_a_newer_hub_knows_is_passed_over() {
        typed(people.entry());
        JsonNode before = changes("");

        jdbc.update("""
                INSERT INTO history_change (subject, at, kind, about, client, after)
                VALUES (?, now(), 'prescriptions', 'prescriptions/1', 'portal', '{}')""", "practitioner " + people.alice);

        assertThat(changes("")).isEqualTo(before).isNotEmpty();
        assertThat(changes("?kind=agenda")).isNotEmpty();
    }

    @Test
    void a_delegation_is_remembered_without_names_and_town() {
        String noa = people.email("noa");
        String delegation = people.accepted(noa);
        change(
                people.practitioner(),
                "DELETE",
                delegation.substring(people.of("").length()),
                null);

        JsonNode changes = changes("?kind=delegation");
        assertThat(states(changes, "before")).startsWith("accepted", "requested", "");
        assertThat(states(changes, "after")).startsWith("revoked", "accepted", "requested");
        assertThat(told(changes.get(0)))
                .isEqualTo("delegation " + delegation.substring(people.of("/").length())
                        + " by test-portal for practitioner " + people.alice);
        assertThat(told(changes.get(1))).endsWith("for account-manager " + people.email("comptes"));
        assertThat(changes.at("/2/after").toString())
                .isEqualTo("{\"delegate\":\"" + noa + "\",\"state\":\"requested\",\"reason\":null}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /settings | {\"participates\": true}",
                "POST | /agenda/entries | {\"date\": \"2026-06-15\"}",
                "PUT | /agenda/entries/0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55 | {}",
                "PUT | /agenda/places/{place}/unavailability | {\"periods\": [{}]}",
                "PUT | /agenda/places/{place}/information | {\"text\": \"\\u0007\"}",
                "POST | /delegations | {}",
            })
    void a_change_that_is_refused_leaves_no_line(String method, String path, String json) {
        int before = changes("").size();

        HttpResponse<String> refused = send(people.practitioner(), method, path.replace("{place}", people.place), json);

        assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 422);
        assertThat(changes("")).hasSize(before);
    }

    @Test
    void a_stale_change_leaves_no_line() {
        String id = typed(people.entry());
        int before = changes("").size();

        HttpResponse<String> late = camille.send(camille.request(people.of("/agenda/entries/" + id))
                .header("If-Match", "\"7\"")
                .DELETE());

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(changes("")).hasSize(before);
    }

    @Test
    void a_change_whose_line_cannot_be_written_is_not_made() {
        jdbc.execute("ALTER TABLE history_change ADD CONSTRAINT no_more CHECK (subject <> 'practitioner " + people.alice
                + "') NOT VALID");
        try {
            assertThat(send(camille, "POST", "/agenda/entries", people.entry()).statusCode())
                    .isEqualTo(500);
            assertThat(send(people.practitioner(), "PUT", "/settings", "{\"emergencyReorientation\": true}")
                            .statusCode())
                    .isEqualTo(500);
        } finally {
            jdbc.execute("ALTER TABLE history_change DROP CONSTRAINT no_more");
        }

        assertThat(people.platform().json(people.of("/agenda/entries")).path("entries"))
                .isEmpty();
        assertThat(people.platform()
                        .json(people.of("/settings"))
                        .path("emergencyReorientation")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void nothing_is_remembered_outside_of_the_transaction_that_changes_it() {
        assertThatThrownBy(() ->
                        history.record(new PractitionerId(people.alice), History.Kind.AGENDA, "agenda", null, "new"))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    /** It must succeed, and leave exactly one line. */
    private HttpResponse<String> change(HubClient person, String method, String path, @Nullable String json) {
        long before = lines();
        HttpResponse<String> answer = send(person, method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        assertThat(lines()).as(method + " " + path).isEqualTo(before + 1);
        return answer;
    }

    private HttpResponse<String> send(HubClient person, String method, String path, @Nullable String json) {
        return person.send(person.request(people.of(path))
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    private String typed(String entry) {
        return People.body(change(camille, "POST", "/agenda/entries", entry))
                .path("id")
                .asText();
    }

    private String weekly() {
        return people.entry().replace("\"start\"", "\"weekly\": {\"days\": [\"monday\"]}, \"start\"");
    }

    private long lines() {
        return jdbc.queryForObject(
                "SELECT count(*) FROM history_change WHERE subject = ?", Long.class, "practitioner " + people.alice);
    }

    private JsonNode newest() {
        return changes("").get(0);
    }

    private JsonNode changes(String query) {
        return people.practitioner().json(people.of("/history" + query)).path("changes");
    }

    private static String told(JsonNode change) {
        return change.path("kind").asText() + " " + change.path("about").asText() + " by "
                + change.at("/by/client").asText() + " for "
                + change.at("/by/person").asText();
    }

    private static List<String> states(JsonNode changes, String side) {
        return StreamSupport.stream(changes.spliterator(), false)
                .map(change -> change.path(side).path("state").asText())
                .toList();
    }
}
