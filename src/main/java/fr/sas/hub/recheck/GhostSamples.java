package fr.sas.hub.recheck;

import fr.sas.hub.database.DailyPartitions;
import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** The SQL of samples: whose turn it is, and what was found. */
@Repository
class GhostSamples {

    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcTemplate jdbc;
    private final DailyPartitions days;
    private final Clock clock;

    GhostSamples(JdbcTemplate jdbc, DailyPartitions days, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.clock = clock;
    }

    record Share(int sampled, int gone) {
        double ratio() {
            return sampled == 0 ? 0 : (double) gone / sampled;
        }
    }

    /** Whether it is this node's turn to sample the vendor; if so, the next turn comes after this interval. */
    boolean takeTurn(Source vendor, Duration every) {
        Instant now = clock.instant();
        return jdbc.update("""
                        INSERT INTO ops_ghost_turn AS t VALUES (?, ?)
                        ON CONFLICT (source) DO UPDATE SET next_at = excluded.next_at WHERE t.next_at <= ?""", vendor.name(), Timestamp.from(now.plus(every)), Timestamp.from(now)) == 1;
    }

    void keep(Source vendor, String slot, boolean gone) {
        jdbc.update(
                "INSERT INTO ops_ghost_sample VALUES (?, ?, ?, ?)",
                Timestamp.from(clock.instant()),
                vendor.name(),
                slot,
                gone);
    }

    Share since(Source vendor, Instant from) {
        return jdbc.query(
                        "SELECT count(*) AS sampled, count(*) FILTER (WHERE gone) AS gone FROM ops_ghost_sample WHERE source = ? AND at > ?",
                        (rs, row) -> new Share(rs.getInt("sampled"), rs.getInt("gone")),
                        vendor.name(),
                        Timestamp.from(from))
                .getFirst();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turnThePage() {
        Instant now = clock.instant();
        days.turn("ops_ghost_sample", dayOf(now), dayOf(now.minus(KEPT)));
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
