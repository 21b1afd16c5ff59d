package fr.sas.hub.index;

import fr.sas.hub.database.DatabasePulse;
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
    private final Duration outlasts;
    private final Clock clock;

    MemoryTrust(IndexNews news, DatabasePulse pulse, IndexSettings settings, Clock clock) {
        this.news = news;
        this.pulse = pulse;
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
     * @return {@code now} while the database answers
     */
    public Instant knownAt(Instant now) {
        if (!pulse.isSilent()) {
            return now;
        }
        Instant heard = news.heardAt();
        return heard.isBefore(now) ? heard : now;
    }

    /** @throws fr.sas.hub.database.DatabaseSilent immediately, if a read would wait in vain */
    public void expectDatabase() {
        pulse.expectAnswer();
    }
}
