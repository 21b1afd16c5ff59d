package fr.sas.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The history as the person concerned reads it: in pages, by time and kind; and nobody else. */
@HubTest
@Import(MovableClock.Wound.class)
class HistoryReadingTest {

    private static final Instant FRIDAY = Instant.parse("2026-06-12T08:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private People people;

    @BeforeEach
    void alice_has_a_delegate() {
        clock.moveTo(FRIDAY);
        people = new People(port);
        people.accepted(people.email("camille"));
    }

    @Test
    void the_person_concerned_reads_it_and_nobody_in_their_name_or_another() {
        assertThat(people.practitioner().get(people.of("/history")).statusCode())
                .isEqualTo(200);
        assertThat(people.practitioner(new People(port).alice)
                        .get(people.of("/history"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.delegate(people.email("camille"))
                        .get(people.of("/history"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.accountManager().get(people.of("/history")).statusCode())
                .isEqualTo(403);
        assertThat(HubClient.at(port).get(people.of("/history")).statusCode()).isEqualTo(403);
    }

    @Test
    void a_long_history_comes_in_pages_that_new_lines_do_not_shift() {
        for (int i = 0; i < 120; i++) {
            clock.moveTo(FRIDAY.plus(Duration.ofMinutes(2 + i / 3)));
            settings("{\"declaresTwoHours\": " + (i % 2 == 0) + "}");
        }
        List<JsonNode> read = new ArrayList<>();
        JsonNode page = people.practitioner().json(people.of("/history?kind=settings"));
        page.path("changes").forEach(read::add);
        settings("{}");
        while (!page.path("next").isNull()) {
            page = people.practitioner()
                    .json(people.of(
                            "/history?kind=settings&cursor=" + page.path("next").asText()));
            page.path("changes").forEach(read::add);
        }

        assertThat(read).hasSize(120);
        for (int i = 0; i + 1 < read.size(); i++) {
            assertThat(read.get(i).path("before")).isEqualTo(read.get(i + 1).path("after"));
        }
        assertThat(people.practitioner().json(people.of("/settings/history")).path("changes"))
                .hasSize(100);
    }

    @Test
    void a_time_is_asked_for_with_its_beginning_and_without_its_end() {
        for (String at : List.of("2026-06-20T10:00:00Z", "2026-06-20T11:00:00Z", "2026-06-20T12:00:00Z")) {
            clock.moveTo(Instant.parse(at));
            settings("{}");
        }

        assertThat(changes("?from=2026-06-20T10:00:00Z&to=2026-06-20T12:00:00Z").findValuesAsText("at"))
                .containsExactly("2026-06-20T11:00:00Z", "2026-06-20T10:00:00Z");
        assertThat(changes("?from=2026-06-20T12:00:00%2B02:00&kind=settings")).hasSize(3);
        assertThat(changes("?from=2026-06-20T12:00:00%2B02:00&kind=agenda")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kind=secrets, kind",
        "from=yesterday, from",
        "to=2026-06-12, to",
        "cursor=12, cursor",
        "cursor=%C3%A9, cursor"
    })
    void a_question_that_is_not_understood_is_told(String query, String field) {
        HttpResponse<String> refused = people.platform().get(people.of("/history?" + query));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(People.body(refused).at("/errors/0/field").asText()).isEqualTo(field);
    }

    private void settings(String json) {
        assertThat(people.practitioner().put(people.of("/settings"), json).statusCode())
                .isEqualTo(200);
    }

    private JsonNode changes(String query) {
        return people.practitioner().json(people.of("/history" + query)).path("changes");
    }
}
