package fr.sas.hub.outbox;

import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The room's front door. A change that others must learn of queues a letter in the same transaction: both are
 * committed, or neither. Letters are locked before their destination, by whoever locks both.
 */
@Service
public class Outbox {

    private final Letters letters;
    private final Destinations destinations;
    private final OutboxPoller outboxPoller;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Outbox(
            Letters letters,
            Destinations destinations,
            OutboxPoller outboxPoller,
            ApplicationEventPublisher events,
            Clock clock) {
        this.letters = letters;
        this.destinations = destinations;
        this.outboxPoller = outboxPoller;
        this.events = events;
        this.clock = clock;
    }

    /** What a newer letter of a key means for those waiting before it. */
    public enum QueuePolicy {
        /** It replaces them: the receiver gets the last state only. */
        LAST_STATE,
        /** All are sent, in order. */
        EVERY_CHANGE
    }

    /**
     * Queues a letter. Dead letters of the key are removed, since this one holds the current state.
     *
     * @param body the whole state of what the key identifies
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(Destination destination, String key, String body, QueuePolicy policy) {
        destinations.register(destination);
        letters.lock(destination, key);
        letters.put(destination, key, body, policy == QueuePolicy.LAST_STATE, clock.instant())
                .forEach(older -> events.publishEvent(new LetterSettled(older, new LetterEnding.Replaced())));
        outboxPoller.wakeAfterCommit();
    }

    /** Undelivered letters of a key, at every destination of a channel, oldest first. */
    public List<PendingLetter> pendingOf(String channel, String key) {
        return letters.ofKey(channel, key);
    }

    /** Must be checked immediately before sending: a stop takes effect at once. */
    public boolean isStopped(Destination destination) {
        return destinations.isStopped(destination.name());
    }

    /** The destination probably accepts letters again: the next attempt is made at once. */
    @Transactional
    public void wake(Destination destination) {
        letters.dueNow(destination.name(), clock.instant());
        destinations.wake(destination.name());
        outboxPoller.wakeAfterCommit();
    }

    /** The destination no longer exists: its letters are removed. */
    @Transactional
    public void forget(Destination destination) {
        letters.removeAll(destination.name());
        destinations.forget(destination.name());
    }
}
