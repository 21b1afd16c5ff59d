package fr.sas.hub.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A random value that this node writes to the primary whenever it starts to receive changes. Positions mean nothing in
 * another primary's log, or after a failover to a standby that lagged behind: only a standby that has the mark replays the
 * log they belong to.
 */
public final class ReplicaMark {

    private static final Duration NOTED_EVERY = Duration.ofSeconds(1);
    /** Enough to know the age of a standby that is as far behind as it may be. */
    private static final int MOST_ENDS = 3_600;

    private static final Duration WRITTEN_EVERY = Duration.ofHours(1);

    /** Marks that are a day old belong to nodes that are gone. */
    private static final String WRITE = """
            WITH gone AS (DELETE FROM database_mark WHERE written_at < now() - interval '1 day' AND mark <> :mark)
            INSERT INTO database_mark (mark, written_at) VALUES (:mark, now())
            ON CONFLICT (mark) DO UPDATE SET written_at = excluded.written_at""";

    final UUID value = UUID.randomUUID();
    /** In the primary. */
    private volatile Instant writtenAt = Instant.EPOCH;

    private volatile Instant firstWrittenAt = Instant.EPOCH;
    /** Where the primary's log ended, at an instant or later. */
    private final NavigableMap<Long, Instant> ends = new TreeMap<>();

    private Instant lastEndAt = Instant.EPOCH;

    ReplicaMark() {}

    boolean isWritten() {
        return writtenAt.isAfter(Instant.EPOCH);
    }

    Instant firstWrittenAt() {
        return firstWrittenAt;
    }

    /** Unless it was done lately. */
    void writeTo(JdbcClient primary, Instant now) {
        if (now.isBefore(writtenAt.plus(WRITTEN_EVERY))) {
            return;
        }
        primary.sql(WRITE).param("mark", value).update();
        if (!isWritten()) {
            firstWrittenAt = now;
        }
        writtenAt = now;
    }

    synchronized void logEndedAt(long position, Instant asked) {
        if (asked.isBefore(lastEndAt.plus(NOTED_EVERY))) {
            return;
        }
        lastEndAt = asked;
        ends.put(position, asked);
        if (ends.size() > MOST_ENDS) {
            ends.pollFirstEntry();
        }
    }

    /** Everything that the primary had committed by then is known to a standby that has replayed its log up to this position. */
    synchronized Instant knownAt(long position) {
        Map.Entry<Long, Instant> end = ends.floorEntry(position);
        return end == null ? Instant.EPOCH : end.getValue();
    }
}
