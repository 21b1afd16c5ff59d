package fr.sas.hub.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.kafka.KafkaTroubles.Activity;
import fr.sas.hub.kafka.KafkaTroubles.Activity.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaTroublesTest {

    private static final Activity NEWS = new Activity(Kind.SENDING, KafkaTopic.NEWS);
    private static final Activity CHANGES = new Activity(Kind.SENDING, KafkaTopic.CHANGES);
    private static final Activity NEWS_READ = new Activity(Kind.READING, KafkaTopic.NEWS);

    private long now;
    private final KafkaTroubles troubles = new KafkaTroubles(Duration.ofSeconds(30), () -> now);

    @Test
    void what_works_for_one_topic_does_not_hide_that_another_is_in_trouble() {
        troubles.failed(CHANGES, "too large");

        assertThat(troubles.worked(NEWS)).isFalse();
        assertThat(troubles.worked(NEWS_READ)).isFalse();

        assertThat(troubles.any()).isEqualTo("too large");
        assertThat(troubles.worked(CHANGES)).isTrue();
        assertThat(troubles.any()).isNull();
    }

    @Test
    void a_trouble_is_new_once() {
        assertThat(troubles.failed(NEWS, "away")).isTrue();
        assertThat(troubles.failed(NEWS, "away")).isFalse();
        assertThat(troubles.failed(NEWS_READ, "away")).isTrue();
    }

    @Test
    void what_nobody_tries_any_more_is_forgotten() {
        troubles.failed(NEWS, "away");
        passes(Duration.ofSeconds(20));
        troubles.failed(NEWS, "away");
        passes(Duration.ofSeconds(20));
        assertThat(troubles.any()).isEqualTo("away");

        passes(Duration.ofSeconds(10));

        assertThat(troubles.any()).isNull();
        assertThat(troubles.failed(NEWS, "away")).as("new").isTrue();
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
