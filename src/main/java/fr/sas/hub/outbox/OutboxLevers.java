package fr.sas.hub.outbox;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How every destination stands, and what operators may do about it; effects are those of docs/decisions/0020. */
@Service
public class OutboxLevers {

    private static final Logger log = LoggerFactory.getLogger(OutboxLevers.class);

    private final Letters letters;
    private final Destinations destinations;
    private final Rounds rounds;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    OutboxLevers(
            Letters letters,
            Destinations destinations,
            Rounds rounds,
            ApplicationEventPublisher events,
            Clock clock) {
        this.letters = letters;
        this.destinations = destinations;
        this.rounds = rounds;
        this.events = events;
        this.clock = clock;
    }

    /** By name. */
    public List<DestinationStanding> standings() {
        return destinations.standings(clock.instant());
    }

    /** Nothing is sent there any more, on any node, within a second; letters wait. */
    public void stop(String destination, String by, @Nullable String why) {
        destinations.stop(destination, by, why, clock.instant());
        log.warn("Destination {} was stopped by {}", destination, by);
    }

    /** Letters leave again, at once: a stop and a rest after failures both end. */
    @Transactional
    public void start(String destination) {
        destinations.start(destination);
        letters.beginAnew(destination);
        letters.dueNow(destination, clock.instant());
        rounds.wakeAfterCommit();
        log.info("Destination {} was started", destination);
    }

    /** All its dead letters wait again; how many they are. */
    @Transactional
    public int sendAgain(String destination) {
        return revive(destination, null);
    }

    /** A dead letter waits again; one that waits is due at once. */
    @Transactional
    public int sendAgain(String destination, long letter) {
        return revive(destination, letter);
    }

    private int revive(String name, @Nullable Long letter) {
        List<Letter> revived = destinations
                .find(name)
                .map(destination -> letters.revive(destination, letter, clock.instant()))
                .orElse(List.of());
        revived.forEach(one -> events.publishEvent(new LetterRevived(one)));
        rounds.wakeAfterCommit();
        return revived.size();
    }

    /** A letter is thrown away; false when it is under way now, or gone. */
    @Transactional
    public boolean discard(String destination, long letter) {
        Optional<Letter> discarded =
                destinations.find(destination).flatMap(to -> letters.discard(to, letter, clock.instant()));
        discarded.ifPresent(one -> events.publishEvent(new LetterSettled(one, new Ending.Discarded())));
        return discarded.isPresent();
    }
}
