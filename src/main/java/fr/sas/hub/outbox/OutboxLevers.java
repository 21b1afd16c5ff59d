package fr.sas.hub.outbox;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** How every destination stands, and what operators may do about it; effects are those of docs/decisions/0020. */
@Service
public class OutboxLevers {

    private static final Logger log = LoggerFactory.getLogger(OutboxLevers.class);

    private final Letters letters;
    private final Destinations destinations;
    private final Rounds rounds;
    private final Clock clock;

    OutboxLevers(Letters letters, Destinations destinations, Rounds rounds, Clock clock) {
        this.letters = letters;
        this.destinations = destinations;
        this.rounds = rounds;
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
    public void start(String destination) {
        destinations.start(destination);
        letters.dueNow(destination, clock.instant());
        rounds.wakeAfterCommit();
        log.info("Destination {} was started", destination);
    }

    /** All its dead letters wait again; how many they are. */
    public int sendAgain(String destination) {
        int revived = letters.revive(destination, null, clock.instant());
        rounds.wakeAfterCommit();
        return revived;
    }
}
