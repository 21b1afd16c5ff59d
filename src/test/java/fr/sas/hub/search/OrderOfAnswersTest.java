package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Subject by subject: participants first, then by each one's earliest slot of the answer (DESIGN §4). */
@HubTest
class OrderOfAnswersTest {

    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId bruno = Batches.newPractitioner();
    private final PractitionerId chloe = Batches.newPractitioner();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @BeforeEach
    void three_practitioners_whose_slots_overlap_the_last_of_whom_participates() {
        typed(alice, 120, 3);
        typed(bruno, 60, 6);
        typed(chloe, 90, 4);
        HubClient.at(port).knows(chloe.value());
        HubClient.json(HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + chloe + "/settings", """
                        {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
                         "declaresTwoHours": true}"""));
    }

    @Test
    void participants_stand_first_then_whoever_is_free_earliest_and_each_ones_slots_together() {
        assertThat(slots(answer(now)))
                .isEqualTo("chloe +90 +105 +120 +135 | bruno +60 +75 +90 +105 +120 +135 | alice +120 +135 +150");
    }

    @Test
    void earliest_is_meant_within_the_bounds_that_were_asked_for() {
        typed(alice, 100, 3);

        assertThat(slots(answer(at(100))))
                .isEqualTo("chloe +105 +120 +135 | alice +100 +115 +130 | bruno +105 +120 +135");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12, 13, 14})
    void pages_are_the_whole_answer_cut(int count) {
        List<JsonNode> pages = new ArrayList<>();
        for (String next = search(now) + "&_count=" + count; next != null; next = next(pages.getLast())) {
            pages.add(HubClient.at(port).json(next));
        }

        assertThat(pages).hasSize((13 + count - 1) / count);
        assertThat(pages.stream().flatMap(page -> ids(page).stream()).toList()).isEqualTo(ids(answer(now)));
    }

    @Test
    void what_comes_and_goes_between_two_pages_loses_nothing_and_repeats_nothing() {
        JsonNode first = HubClient.at(port).json(search(now) + "&_count=5");
        typed(alice, 30, 3);
        typed(chloe, 105, 3);
        typed(bruno, 75, 5);
        JsonNode second =
                HubClient.at(port).json(Objects.requireNonNull(next(first)).replace("_count=5", "_count=50"));

        assertThat(slots(first)).isEqualTo("chloe +90 +105 +120 +135 | bruno +60");
        assertThat(slots(second)).isEqualTo("bruno +75 +90 +105 +120 +135 | alice +30 +45 +60");
    }

    private void typed(PractitionerId practitioner, int minutes, int count) {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, List.of(practitioner), at(minutes), count), Map.of()));
    }

    private Instant at(int minutes) {
        return now.plus(Duration.ofMinutes(minutes));
    }

    private JsonNode answer(Instant from) {
        return HubClient.at(port).json(search(from));
    }

    private String search(Instant from) {
        return HubClient.slotsOf(from, alice.value(), bruno.value(), chloe.value());
    }

    private static @Nullable String next(JsonNode page) {
        JsonNode link = page.path("link").path(1);
        return link.isMissingNode() ? null : link.path("url").asText().replaceFirst("^.*?/fhir/", "/fhir/");
    }

    private static List<String> ids(JsonNode bundle) {
        List<String> ids = new ArrayList<>();
        bundle.path("entry").forEach(entry -> {
            if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                ids.add(entry.at("/resource/id").asText());
            }
        });
        return ids;
    }

    private String slots(JsonNode bundle) {
        StringBuilder picture = new StringBuilder();
        String last = "";
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode slot = entry.path("resource");
            if (slot.path("resourceType").asText().equals("Slot")) {
                String whose = nameOf(slot.path("id").asText());
                picture.append(whose.equals(last) ? "" : (last.isEmpty() ? "" : " | ") + whose)
                        .append(" +")
                        .append(Duration.between(
                                        now,
                                        java.time.OffsetDateTime.parse(
                                                        slot.path("start").asText())
                                                .toInstant())
                                .toMinutes());
                last = whose;
            }
        }
        return picture.toString();
    }

    private String nameOf(String slot) {
        return slot.startsWith(alice.value()) ? "alice" : slot.startsWith(bruno.value()) ? "bruno" : "chloe";
    }
}
