package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
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
public class Doubts {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Doubts(JdbcTemplate jdbc, Clock clock) {
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

    /** Of the vendors that were sampled. */
    public Map<Source, Ghosts> all() {
        Map<Source, Ghosts> all = new HashMap<>();
        jdbc.query("SELECT source, sampled, ratio, since FROM connector_doubt", rs -> {
            Timestamp since = rs.getTimestamp(4);
            all.put(
                    new Source(rs.getString(1)),
                    new Ghosts(rs.getInt(2), rs.getDouble(3), since == null ? null : since.toInstant()));
        });
        return all;
    }

    /** @param doubted null: as it was */
    public void found(Source vendor, int sampled, double ratio, @Nullable Boolean doubted) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.update(
                """
                INSERT INTO connector_doubt AS d VALUES (?, ?, ?, CASE WHEN ? THEN ?::timestamptz END)
                ON CONFLICT (source) DO UPDATE SET sampled = excluded.sampled, ratio = excluded.ratio,
                  since = CASE WHEN ?::boolean IS NULL THEN d.since WHEN ? THEN coalesce(d.since, ?) END""",
                vendor.name(),
                sampled,
                ratio,
                Boolean.TRUE.equals(doubted),
                now,
                doubted,
                Boolean.TRUE.equals(doubted),
                now);
    }
}
