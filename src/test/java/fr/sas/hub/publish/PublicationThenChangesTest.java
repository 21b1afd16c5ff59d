package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.changes.FollowingConsumer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever reads the publication once and follows the changes from the position that it names holds what searches answer, whatever
 * happens while it reads, and whoever is killed meanwhile: the one who writes changes down, or the consumer in the middle of a page.
 */
class PublicationThenChangesTest extends PublishingHub {

    private static final int STEPS = 30;

    private final List<String> history = new ArrayList<>();
    private final Set<PractitionerId> refusing = new HashSet<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_consumer_that_began_with_the_publication_holds_what_searches_answer(int seed) {
        Random dice = new Random(seed);
        List<PractitionerId> people =
                Stream.generate(Batches::newPractitioner).limit(4).toList();
        platform.json("/fhir/Slot/$changes");
        people.forEach(one -> platform.knows(one.value()));
        people.forEach(one -> say(one, dice));
        await().until(() -> !reader.readAll().changesPosition().isEmpty());
        FollowingConsumer consumer = began(people, dice);

        for (int step = 1; step <= STEPS; step++) {
            happens(people, dice);
            consumer = goesOn(consumer, dice);
            if (step % 10 == 0) {
                holdsWhatSearchesAnswer(consumer, people);
            }
        }
    }

    /** With an edition that is behind, or was being made. */
    private FollowingConsumer began(List<PractitionerId> people, Random dice) {
        for (int i = dice.nextInt(6); i >= 0; i--) {
            happens(people, dice);
        }
        reader.readAll();
        return FollowingConsumer.holding(platform, reader.resources(), reader.changesPosition());
    }

    private FollowingConsumer goesOn(FollowingConsumer consumer, Random dice) {
        return switch (dice.nextInt(5)) {
            case 0 -> consumer.killedWithinAPage(platform, dice);
            case 1 -> consumer.restarted(platform);
            default -> {
                consumer.step();
                yield consumer;
            }
        };
    }

    private void happens(List<PractitionerId> people, Random dice) {
        PractitionerId one = people.get(dice.nextInt(people.size()));
        switch (dice.nextInt(8)) {
            case 0 -> {
                boolean refuses = refusing.add(one) || !refusing.remove(one);
                HubClient.json(platform.as("test-portal")
                        .put("/api/v1/practitioners/" + one + "/settings", "{\"vendorSlotsHidden\": " + refuses + "}"));
                history.add(one + (refuses ? " refuses" : " does not refuse"));
            }
            case 1 -> {
                jdbc.update(
                        "UPDATE changes_head SET lease_until = clock_timestamp() - interval '1 s', writer = 'killed'");
                history.add("writer killed");
            }
            default -> say(one, dice);
        }
    }

    private void say(PractitionerId one, Random dice) {
        Instant[] starts = dice.ints(dice.nextInt(4), 0, 12)
                .distinct()
                .mapToObj(i -> in(15 * i))
                .toArray(Instant[]::new);
        String postalCode = dice.nextInt(4) == 0 ? "13001" : "33000";
        soleil.say(one, postalCode, starts);
        history.add(one + " in " + postalCode + " at " + List.of(starts));
    }

    private void holdsWhatSearchesAnswer(FollowingConsumer consumer, List<PractitionerId> people) {
        await().untilAsserted(() -> {
            consumer.catchUp();
            for (PractitionerId one : people) {
                assertThat(slots(consumer.resources(), one))
                        .as("%s after %s", one, history)
                        .isEqualTo(searched(one));
            }
        });
    }

    private Map<String, String> searched(PractitionerId one) {
        Map<String, JsonNode> found = new TreeMap<>();
        platform.json(HubClient.slotsOf(first.minusSeconds(3600), one.value()))
                .path("entry")
                .forEach(entry -> {
                    JsonNode resource = entry.path("resource");
                    found.put(
                            resource.path("resourceType").asText() + "/"
                                    + resource.path("id").asText(),
                            resource);
                });
        return slots(found, one);
    }

    /** When and where each of the slots is; the publication and searches write the rest of a slot in forms of their own. */
    private static Map<String, String> slots(Map<String, JsonNode> all, PractitionerId one) {
        Map<String, String> slots = new TreeMap<>();
        all.forEach((reference, slot) -> {
            if (reference.startsWith("Slot/" + one + "-")) {
                JsonNode schedule = held(all, slot.at("/schedule/reference").asText());
                slots.put(
                        reference,
                        OffsetDateTime.parse(slot.path("start").asText()).toInstant() + " to "
                                + OffsetDateTime.parse(slot.path("end").asText())
                                        .toInstant() + " in "
                                + postalCode(all, schedule));
            }
        });
        return slots;
    }

    private static JsonNode held(Map<String, JsonNode> all, String reference) {
        JsonNode held = all.get(reference);
        if (held == null) {
            throw new AssertionError(reference + " is referred to, but not held");
        }
        return held;
    }

    /** The place is what the role contains. */
    private static String postalCode(Map<String, JsonNode> all, JsonNode schedule) {
        for (JsonNode actor : schedule.path("actor")) {
            String reference = actor.path("reference").asText();
            if (reference.startsWith("PractitionerRole/")) {
                return held(all, reference)
                        .at("/contained/0/address/postalCode")
                        .asText();
            }
        }
        throw new AssertionError("no role in " + schedule);
    }
}
