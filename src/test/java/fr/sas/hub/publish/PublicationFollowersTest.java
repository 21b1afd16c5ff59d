package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.changes.FollowingConsumer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows the publication, another hub included, has what everybody finds. */
class PublicationFollowersTest extends PublishingHub {

    @Test
    void another_hub_that_reads_the_publication_as_a_vendors_finds_the_same_and_hears_of_every_change()
            throws IOException {
        PractitionerId zoe = Batches.newPractitioner();
        soleil.say(alice, "75011", in(0), in(15), in(30));
        soleil.sayOfCommunity(zoe, "97400", in(0), CPTS);
        Path folder = Files.createTempDirectory("hub-connectors");
        Files.writeString(folder.resolve("other-hub.yaml"), """
                vendor: other-hub
                name: Another hub
                status: live
                baseUrl: http://localhost:%d/fhir
                flows: [bulk-publish]
                auth: {type: bearer, secret: other-hub}
                poll: {every: 1s}
                roster: ['%s', '%s']
                """.formatted(port, alice, zoe));
        try (Node second = Node.on(TestDatabase.fresh(), folder)
                .with("hub.secrets.other-hub=test-search")
                .start()) {
            HubClient other = second.client();
            awaitTheSame(other, alice, 3);
            awaitTheSame(other, zoe, 2);

            soleil.say(alice, "75011", in(30), in(45));
            awaitTheSame(other, alice, 2);

            refuse(alice);
            awaitTheSame(other, alice, 0);
            awaitTheSame(other, zoe, 2);
        }
    }

    private void awaitTheSame(HubClient other, PractitionerId who, int count) {
        await().untilAsserted(() -> {
            Map<String, String> here = found(platform, who);
            assertThat(found(other, who)).isEqualTo(here).hasSize(count);
        });
    }

    /** What a regulator sees of each slot, by its start; how many patients a range is for is not read from vendors. */
    private Map<String, String> found(HubClient hub, PractitionerId who) {
        Map<String, String> found = new HashMap<>();
        JsonNode bundle = hub.json(HubClient.communitySlotsOf(first.minusSeconds(3600), who.value()));
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode slot = entry.path("resource");
            if (slot.path("resourceType").asText().equals("Slot")) {
                found.put(
                        slot.path("start").asText(),
                        Stream.of("end", "comment", "serviceType", "specialty", "appointmentType")
                                        .map(name -> slot.path(name).toString())
                                        .toList()
                                + slot.at("/meta/security").toString());
            }
        }
        return found;
    }

    @Test
    void a_refusal_is_gone_from_the_next_manifest_and_named_to_those_who_ask_for_changes() {
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);
        PublishedSlots follower = new PublishedSlots(platform).readAll();

        refuse(alice);
        awaitSlotsOf(alice, 0);

        follower.readChanges();
        assertThat(follower.slotsOf(alice.value())).isEmpty();
        assertThat(follower.resources().keySet()).noneMatch(name -> name.contains("/" + alice));
    }

    @Test
    void a_manifest_says_where_changes_go_on_for_whoever_follows_them() {
        platform.json("/fhir/Slot/$changes");
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);
        await().until(() -> !reader.manifest().at("/extension/changesPosition").isMissingNode());
        String slot = "Slot/" + reader.readAll().slotsOf(alice.value()).getFirst();
        String position = reader.manifest().at("/extension/changesPosition").asText();
        FollowingConsumer follower = FollowingConsumer.holding(platform, reader.resources(), position);
        assertThat(follower.resources()).containsKey(slot);

        refuse(alice);

        await().untilAsserted(() -> {
            follower.catchUp();
            assertThat(follower.resources()).doesNotContainKey(slot);
        });
    }

    @Test
    void whoever_reads_everything_once_and_then_only_changes_has_what_reading_everything_gives() {
        Random random = new Random(20260612);
        List<PractitionerId> some = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            some.add(Batches.newPractitioner());
        }
        PublishedSlots follower = new PublishedSlots(platform).readAll();

        for (int round = 0; round < 8; round++) {
            for (PractitionerId one : some) {
                if (random.nextInt(3) > 0) {
                    soleil.say(one, random.nextInt(5) == 0 ? "13001" : "33000", someStarts(random));
                }
            }
            soleil.say(alice, "33000", in(round));
            Instant changed = Instant.now();
            await().untilAsserted(() -> {
                follower.readChanges();
                assertThat(follower.asOf()).isAfterOrEqualTo(changed.minusSeconds(6));
                assertThat(follower.slotsOf(alice.value())).hasSize(1);
                assertThat(follower.resources()).isEqualTo(reader.readAll().resources());
            });
        }
    }

    private Instant[] someStarts(Random random) {
        return random.ints(random.nextInt(4), 0, 40)
                .distinct()
                .mapToObj(i -> in(15 * i))
                .toArray(Instant[]::new);
    }
}
