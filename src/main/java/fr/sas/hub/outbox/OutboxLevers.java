package fr.sas.hub.outbox;

import fr.sas.hub.access.NotFound;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The state of every destination, and the operators' controls; their effects are specified in docs/decisions/0020.
 * Every action is recorded with who, when and why; without a reason it is refused.
 */
@Service
public class OutboxLevers {

    private static final Logger log = LoggerFactory.getLogger(OutboxLevers.class);

    private final Letters letters;
    private final Destinations destinations;
    private final OutboxPoller outboxPoller;
    private final DestinationActions actions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    OutboxLevers(
            Letters letters,
            Destinations destinations,
            OutboxPoller outboxPoller,
            DestinationActions actions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.letters = letters;
        this.destinations = destinations;
        this.outboxPoller = outboxPoller;
        this.actions = actions;
        this.events = events;
        this.clock = clock;
    }

    /** By name. */
    public List<DestinationStatus> statuses() {
        return destinations.statuses(clock.instant());
    }

    /** Stops sending on every node within a second; letters wait. */
    @Transactional
    public void stop(String destination, String by, @Nullable String reason) {
        String why = record(destination, "stop", null, by, reason);
        destinations.stop(destination, by, why, clock.instant());
        log.warn("Destination {} was stopped by {}", destination, by);
    }

    /** Resumes sending at once: ends both a stop and a back-off after failures. */
    @Transactional
    public void start(String destination, String by, @Nullable String reason) {
        record(destination, "start", null, by, reason);
        letters.beginAnew(destination);
        letters.dueNow(destination, clock.instant());
        destinations.start(destination);
        outboxPoller.wakeAfterCommit();
        log.info("Destination {} was started by {}", destination, by);
    }

    /** Sends all its dead letters again; returns how many there are. */
    @Transactional
    public int sendAgain(String destination, String by, @Nullable String reason) {
        record(destination, "send-again", null, by, reason);
        return revive(destination, null).size();
    }

    /** Sends a dead letter again; a waiting one becomes due at once. */
    @Transactional
    public void sendAgain(String destination, long letter, String by, @Nullable String reason) {
        record(destination, "send-again", letter, by, reason);
        if (revive(destination, letter).isEmpty()) {
            throw noLetter(destination, letter);
        }
    }

    private List<Letter> revive(String destination, @Nullable Long letter) {
        List<Letter> revived = letters.revive(known(destination), letter, clock.instant());
        revived.forEach(one -> events.publishEvent(new LetterRevived(one)));
        outboxPoller.wakeAfterCommit();
        return revived;
    }

    /** Discards a letter that is not in flight: it is never delivered. */
    @Transactional
    public void discard(String destination, long letter, String by, @Nullable String reason) {
        record(destination, "discard", letter, by, reason);
        Letter discarded = letters.discard(known(destination), letter, clock.instant())
                .orElseThrow(() -> noLetter(destination, letter));
        events.publishEvent(new LetterSettled(discarded, new LetterEnding.Discarded()));
        log.warn("Letter {} to {} was discarded by {}", letter, destination, by);
    }

    /**
     * Actions on the destination, newest first; the last few hundred. Also works for a destination that no longer
     * exists.
     */
    public List<DestinationAction> actions(String destination) {
        List<DestinationAction> done = actions.list(destination);
        if (done.isEmpty()) {
            known(destination);
        }
        return done;
    }

    private String record(
            String destination, String action, @Nullable Long letter, String by, @Nullable String reason) {
        return actions.record(known(destination).name(), action, letter, by, reason, clock.instant());
    }

    private Destination known(String destination) {
        return destinations.find(destination).orElseThrow(() -> noDestination(destination));
    }

    static NotFound noDestination(String destination) {
        return new NotFound(
                "Nothing was ever queued for " + destination, "Rien n'a jamais été déposé pour cette destination.");
    }

    static NotFound noLetter(String destination, long id) {
        return new NotFound(
                "There is no letter " + id + " to " + destination + " that is not in flight",
                "Cette lettre n'existe pas, ou elle est en cours d'envoi.");
    }
}
