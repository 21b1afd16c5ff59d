package fr.sas.hub.ops;

import fr.sas.hub.health.VendorStates;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The age of each vendor's last good answer over the last half hour, as seen by this node: one point every 15 seconds.
 */
@Component
class AnswerAges {

    private static final int POINTS = 120;

    private final VendorStates states;
    private final Clock clock;
    private final Map<Source, Deque<Long>> points = new ConcurrentHashMap<>();

    AnswerAges(VendorStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    @Scheduled(fixedRateString = "PT15S")
    void note() {
        Map<Source, Instant> answers = states.lastGoodAnswers();
        points.keySet().retainAll(answers.keySet());
        answers.forEach((source, good) -> {
            Deque<Long> ages = points.computeIfAbsent(source, vendor -> new ArrayDeque<>(POINTS));
            synchronized (ages) {
                if (ages.size() == POINTS) {
                    ages.removeFirst();
                }
                ages.addLast(Math.max(0, Duration.between(good, clock.instant()).toSeconds()));
            }
        });
    }

    /** In seconds, oldest point first; empty for a vendor that has never answered. */
    List<Long> of(Source source) {
        Deque<Long> ages = points.get(source);
        if (ages == null) {
            return List.of();
        }
        synchronized (ages) {
            return List.copyOf(ages);
        }
    }
}
