package fr.sas.hub.vendor;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * How often vendors' shown slots turn out to be gone. A doubted vendor is polled twice as often, and its slots are
 * shown as unverified, on every node within a second.
 */
@Service
public class GhostSuspicions {

    private final JdbcClient jdbc;
    private final Clock clock;

    GhostSuspicions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param sampled how many slots were checked
     * @param ratio share of them that were gone; 0 to 1
     * @param since when the share became too high; null if it is not
     */
    public record Ghosts(
            int sampled, double ratio, @Nullable Instant since) {}

    /** The vendors that were sampled recently. */
    public Map<Source, Ghosts> all() {
        Map<Source, Ghosts> all = new HashMap<>();
        jdbc.sql("SELECT source, sampled, ratio, since FROM connector_doubt WHERE counts_until > :now")
                .param("now", Timestamp.from(clock.instant()))
                .query(rs -> {
                    all.put(
                            new Source(rs.getString("source")),
                            new Ghosts(rs.getInt("sampled"), rs.getDouble("ratio"), Columns.instant(rs, "since")));
                });
        return all;
    }

    /**
     * @param doubted null to leave it as it was, if that has not expired
     * @param counts how long this counts if nothing more is found: after that there has been no recent check, and
     *     there is no doubt
     */
    public void found(Source vendor, int sampled, double ratio, @Nullable Boolean doubted, Duration counts) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        INSERT INTO connector_doubt AS d (source, sampled, ratio, since, counts_until)
                        VALUES (:vendor, :sampled, :ratio, CASE WHEN :isDoubted THEN :now::timestamptz END,
                          :countsUntil)
                        ON CONFLICT (source) DO UPDATE SET sampled = excluded.sampled, ratio = excluded.ratio,
                          counts_until = excluded.counts_until,
                          since = CASE WHEN :doubted::boolean IS FALSE THEN NULL
                            WHEN d.counts_until > :now AND d.since IS NOT NULL THEN d.since ELSE excluded.since END""")
                .param("vendor", vendor.name())
                .param("sampled", sampled)
                .param("ratio", ratio)
                .param("isDoubted", Boolean.TRUE.equals(doubted))
                .param("now", now)
                .param("countsUntil", Timestamp.from(clock.instant().plus(counts)))
                .param("doubted", doubted)
                .update();
    }
}
