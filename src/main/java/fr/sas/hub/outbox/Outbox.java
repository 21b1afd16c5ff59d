package fr.sas.hub.outbox;

import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room. Whoever changes something that others must hear of puts a letter down in the same
 * transaction: both are kept, or neither.
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

    /** What a newer letter of a key means for those that wait before it. */
    public enum Telling {
        /** It takes their place: the receiver hears the last state only. */
        LAST_STATE,
        /** All are told, in order. */
        EVERY_CHANGE
    }

    /**
     * Puts a letter down. Dead letters of the key go: this one says what is so now.
     *
     * @param body the whole state of what the key names
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(Destination destination, String key, String body, Telling telling) {
        destinations.know(destination);
        letters.lock(destination, key);
        letters.put(destination, key, body, telling == Telling.LAST_STATE, clock.instant())
                .forEach(older -> events.publishEvent(new LetterSettled(older, new Ending.Replaced())));
        outboxPoller.wakeAfterCommit();
    }

    /** What has not arrived of a key, at every destination of a channel, the oldest first. */
    public List<Pending> pendingOf(String channel, String key) {
        return letters.ofKey(channel, key);
    }

    /** To be asked right before something is sent: a stop holds from the moment it is said. */
    public boolean isStopped(Destination destination) {
        return destinations.isStopped(destination.name());
    }

    /** There is reason to believe that the destination takes letters again: the next attempt is made at once. */
    @Transactional
    public void wake(Destination destination) {
        destinations.wake(destination.name());
        letters.dueNow(destination.name(), clock.instant());
        outboxPoller.wakeAfterCommit();
    }

    /** The destination is no more: neither are its letters. */
    @Transactional
    public void forget(Destination destination) {
        destinations.forget(destination.name());
    }
}
