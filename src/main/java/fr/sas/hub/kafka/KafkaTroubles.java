package fr.sas.hub.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node cannot do with Kafka at present: what works for one topic says nothing about another. Tasks that are no
 * longer attempted, for instance because another node has taken over, are forgotten.
 */
final class KafkaTroubles {

    /** A recurring task of a node with a topic. */
    record Activity(Kind kind, KafkaTopic topic) {

        enum Kind {
            SENDING,
            READING
        }
    }

    private record Trouble(String why, long lastAt) {}

    private final Duration forgottenAfter;
    private final LongSupplier nanoTime;
    private final Map<Activity, Trouble> troubles = new ConcurrentHashMap<>();

    /**
     * @param forgottenAfter must be longer than an attempt takes
     * @param nanoTime like {@link System#nanoTime}
     */
    KafkaTroubles(Duration forgottenAfter, LongSupplier nanoTime) {
        this.forgottenAfter = forgottenAfter;
        this.nanoTime = nanoTime;
    }

    /** @return whether that is new */
    boolean failed(Activity what, String why) {
        Trouble before = troubles.put(what, new Trouble(why, nanoTime.getAsLong()));
        return before == null || isForgotten(before);
    }

    /** @return whether it failed before */
    boolean worked(Activity what) {
        Trouble before = troubles.remove(what);
        return before != null && !isForgotten(before);
    }

    /** One of the reasons; null when all is well. */
    @Nullable
    String any() {
        return troubles.values().stream()
                .filter(trouble -> !isForgotten(trouble))
                .map(Trouble::why)
                .findFirst()
                .orElse(null);
    }

    private boolean isForgotten(Trouble trouble) {
        return nanoTime.getAsLong() - trouble.lastAt >= forgottenAfter.toNanos();
    }
}
