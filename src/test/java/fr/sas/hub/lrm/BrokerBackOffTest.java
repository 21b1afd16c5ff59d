package fr.sas.hub.lrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.util.backoff.BackOffExecution;

/** Nodes that lost the broker or the database at the same moment do not return together (docs/decisions/0084). */
class BrokerBackOffTest {

    private static final int ATTEMPTS = 9;

    @Test
    void attempts_at_a_reply_are_ever_further_apart_up_to_half_a_minute_and_half_of_it_is_random() {
        assertBacksOff(afterAttemptsAtAReply(), afterAttemptsAtAReply());
    }

    @Test
    void attempts_to_reach_the_broker_are_ever_further_apart_up_to_half_a_minute_and_half_of_it_is_random() {
        assertBacksOff(afterAttemptsToConnect(), afterAttemptsToConnect());
    }

    private static void assertBacksOff(List<Long> pauses, List<Long> ofAnotherNode) {
        assertThat(pauses).hasSize(ATTEMPTS);
        for (int failures = 1; failures <= ATTEMPTS; failures++) {
            long most = Math.min(30_000, 500L << (failures - 1));
            assertThat(pauses.get(failures - 1)).isBetween(most / 2, most);
        }
        assertThat(pauses).isNotEqualTo(ofAnotherNode);
    }

    private static List<Long> afterAttemptsAtAReply() {
        List<Long> pauses = new ArrayList<>();
        RetryTemplate template = RetryTemplate.builder()
                .maxAttempts(ATTEMPTS + 1)
                .customBackoff(new ReplyBackOff(Broker.BACK_OFF, pauses::add))
                .build();
        template.execute(
                attempt -> {
                    throw new IllegalStateException("The database is away");
                },
                exhausted -> "given up");
        return pauses;
    }

    private static List<Long> afterAttemptsToConnect() {
        BackOffExecution connecting = Broker.connecting();
        return Stream.generate(connecting::nextBackOff).limit(ATTEMPTS).toList();
    }
}
