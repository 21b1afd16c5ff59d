package fr.sas.hub.lrm;

import static fr.sas.hub.lrm.Bookings.aBooking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.transaction.support.TransactionTemplate;

/** What is told to the regulators' software while it cannot be reached is kept, in order, and told later or given up. */
@EnabledIf(value = "isThereABroker", disabledReason = TestBroker.ABSENT)
class RegulatorsLettersTest extends RegulatorsSoftwareHub {

    @Test
    void what_is_rolled_back_is_not_told() {
        UUID undone = UUID.randomUUID();
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            software.queueUpdate(aBooking(undone).booking());
            transaction.setRollbackOnly();
        });
        UUID done = UUID.randomUUID();
        tell(aBooking(done));

        only(done);
        assertThat(lrm.appointments(undone.toString())).isEmpty();
    }

    @Test
    void a_broker_that_dies_in_the_middle_of_a_thousand_changes_loses_none_and_disorders_none() throws Exception {
        List<UUID> bookings =
                IntStream.range(0, 100).mapToObj(i -> UUID.randomUUID()).toList();
        for (int change = 0; change < 10; change++) {
            for (UUID booking : bookings) {
                tell(aBooking(booking)
                        .from(Instant.parse("2026-06-17T12:00:00Z").plusSeconds(60L * change)));
                // asked for on purpose
                tell(aBooking(booking)
                        .from(Instant.parse("2026-06-17T12:00:00Z").plusSeconds(60L * change)));
            }
            if (change == 4) {
                broker().kill();
            }
        }
        await().untilAsserted(() -> assertThat(outbox().path("state").asText()).isEqualTo("FAILING"));
        lrm.close();
        broker().start();
        lrm.connect();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> outbox().path("waiting").asInt() == 0);
        await().untilAsserted(() -> assertThat(distributions()).containsAll(told(bookings)));
        for (UUID booking : bookings) {
            Set<String> starts = new LinkedHashSet<>();
            lrm.appointments(booking.toString())
                    .forEach(told -> starts.add(told.path("start").asText()));
            assertThat(starts)
                    .as("each change once and in order, when what came twice is known by its id")
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj("2026-06-17T14:%02d:00+02:00"::formatted)
                            .toList());
            assertThat(lrm.appointments(booking.toString())
                            .getLast()
                            .path("start")
                            .asText())
                    .isEqualTo("2026-06-17T14:09:00+02:00");
        }
    }

    @Test
    void a_letter_is_given_up_after_failing_for_long_and_not_for_having_waited_and_says_so() throws Exception {
        lrm.isCutOff();
        UUID id = UUID.randomUUID();
        tell(aBooking(id));
        jdbc.update("UPDATE outbox_letter SET put_at = now() - interval '8 days' WHERE key = ?", id.toString());
        await().until(() -> pending(id).path("attempts").asInt() > 2);
        assertThat(message(id, 0).path("state").asText()).isEqualTo("WAITING");

        giveUp(id);

        assertThat(message(id, 0).path("said").asText()).startsWith("given up; the last failure: no queue accepts it");
        lrm.isReachedAgain();
        HubClient.json(hub().post(
                        "/api/v1/outbox/lrm/letters/" + pending(id).path("id") + "/send-again",
                        "{\"reason\":\"they are back\"}"));
        await().untilAsserted(
                        () -> assertThat(message(id, 0).path("state").asText()).isEqualTo("PUBLISHED"));
    }

    @Test
    void a_letter_given_up_that_a_newer_one_replaces_or_somebody_throws_away_does_not_wait_for_ever() throws Exception {
        lrm.isCutOff();
        UUID replaced = UUID.randomUUID();
        UUID discarded = UUID.randomUUID();
        tell(aBooking(replaced));
        tell(aBooking(discarded));
        giveUp(replaced);
        giveUp(discarded);
        hub().delete("/api/v1/outbox/lrm/letters/" + pending(discarded).path("id") + "?reason=told+by+telephone");
        lrm.isReachedAgain();

        tell(aBooking(replaced));
        tell(aBooking(discarded));

        for (UUID booking : List.of(replaced, discarded)) {
            await().untilAsserted(() ->
                    assertThat(message(booking, 1).path("state").asText()).isEqualTo("PUBLISHED"));
        }
        assertThat(message(replaced, 0).path("state").asText()).isEqualTo("REPLACED");
        assertThat(message(discarded, 0).path("state").asText()).isEqualTo("DISCARDED");
    }

    private void giveUp(UUID booking) {
        await().untilAsserted(() -> {
            jdbc.update(
                    "UPDATE outbox_letter SET first_failed_at = now() - interval '8 days' WHERE key = ? AND first_failed_at IS NOT NULL",
                    booking.toString());
            assertThat(message(booking, 0).path("state").asText()).isEqualTo("GIVEN_UP");
        });
    }

    private Set<String> distributions() {
        Set<String> ids = new HashSet<>();
        lrm.received().forEach(message -> ids.add(message.path("distributionID").asText()));
        return ids;
    }

    private List<String> told(List<UUID> bookings) {
        List<String> ids = new ArrayList<>();
        for (UUID booking : bookings) {
            hub().json("/api/v1/lrm/appointments/" + booking)
                    .path("messages")
                    .forEach(message -> ids.add(FakeLrm.SENDER + "_"
                            + message.path("distributionId").asText()));
        }
        return ids;
    }
}
