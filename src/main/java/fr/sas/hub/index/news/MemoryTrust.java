package fr.sas.hub.index.news;

import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.ReadReplica;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Whether a node may answer from memory: as long as it receives other nodes' changes; and while the database is silent, for a
 * limited time after it last received them (docs/decisions/0072).
 */
@Component
public class MemoryTrust {

    private final IndexNews news;
    private final DatabasePulse pulse;
    private final ReadReplica replica;
    private final Duration outlasts;
    private final Clock clock;

    MemoryTrust(IndexNews news, DatabasePulse pulse, ReadReplica replica, IndexNewsSettings settings, Clock clock) {
        this.news = news;
        this.pulse = pulse;
        this.replica = replica;
        this.outlasts = settings.memoryOutlasts();
        this.clock = clock;
    }

    /** Otherwise everything is read from the database, and nothing is kept in memory. */
    public boolean counts() {
        return pulse.isSilent() ? clock.instant().isBefore(news.heardAt().plus(outlasts)) : news.isHearing();
    }

    /**
     * The instant as of which memory reflects the hub's own data, such as agendas and settings.
     *
     * @return {@code now} while the database answers, and when memory does not count
     */
    public Instant knownAt(Instant now) {
        if (!pulse.isSilent() || !counts()) {
            return now;
        }
        Instant heard = news.heardAt();
        return heard.isBefore(now) ? heard : now;
    }

    /** How old the hub's own data may be in an answer of any node that cannot reach the database, or reads a standby. */
    public Duration mostAge() {
        Duration standby = replica.isThere() ? replica.outlasts() : Duration.ZERO;
        return standby.compareTo(outlasts) > 0 ? standby : outlasts;
    }

    /** Every change committed before this instant is known to this node. */
    public Instant heardAt() {
        return news.heardAt();
    }
}
