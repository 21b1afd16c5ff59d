package fr.sas.hub.health;

import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * How often shown slots of vendors turn out to be gone. A vendor that is doubted is asked twice as often, and its slots are
 * shown as unverified; on every node within a second.
 */
@Service
public class GhostSuspicions {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    GhostSuspicions(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param sampled how many slots were asked about
     * @param ratio share of them that was gone; 0 to 1
     * @param since when it became too much; null when it is not
     */
    public record Ghosts(
            int sampled, double ratio, @Nullable Instant since) {}

    /** Of the vendors that were sampled lately. */
    public Map<Source, Ghosts> all() {
        Map<Source, Ghosts> all = new HashMap<>();
        jdbc.query(
                "SELECT source, sampled, ratio, since FROM connector_doubt WHERE counts_until > ?",
                rs -> {
                    Timestamp since = rs.getTimestamp(4);
                    all.put(
                            new Source(rs.getString(1)),
                            new Ghosts(rs.getInt(2), rs.getDouble(3), since == null ? null : since.toInstant()));
                },
                Timestamp.from(clock.instant()));
        return all;
    }

    /**
     * @param doubted null: as it was, if that still counts
     * @param counts how long this counts when nothing more is found: then nobody has looked lately, and nobody doubts
     */
    public void found(Source vendor, int sampled, double ratio, @Nullable Boolean doubted, Duration counts) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.update(
                """
                INSERT INTO connector_doubt AS d (source, sampled, ratio, since, counts_until)
                VALUES (?, ?, ?, CASE WHEN ? THEN ?::timestamptz END, ?)
                ON CONFLICT (source) DO UPDATE SET sampled = excluded.sampled, ratio = excluded.ratio,
                  counts_until = excluded.counts_until,
                  since = CASE WHEN ?::boolean IS FALSE THEN NULL
                    WHEN d.counts_until > ? AND d.since IS NOT NULL THEN d.since ELSE excluded.since END""",
                vendor.name(),
                sampled,
                ratio,
                Boolean.TRUE.equals(doubted),
                now,
                Timestamp.from(clock.instant().plus(counts)),
                doubted,
                now);
    }
}
