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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** The SQL of samples: whose turn it is, and what was found. */
@Repository
class GhostSamples {

    private static final Duration KEPT = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final DailyPartitions days;
    private final Clock clock;

    GhostSamples(JdbcClient jdbc, DailyPartitions days, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.clock = clock;
    }

    record GhostShare(int sampled, int gone) {
        double ratio() {
            return sampled == 0 ? 0 : (double) gone / sampled;
        }
    }

    /** Whether it is this node's turn to sample the vendor; if so, the next turn comes after this interval. */
    boolean takeTurn(Source vendor, Duration every) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        INSERT INTO ops_ghost_turn AS t VALUES (:vendor, :next)
                        ON CONFLICT (source) DO UPDATE SET next_at = excluded.next_at WHERE t.next_at <= :now""")
                        .param("vendor", vendor.name())
                        .param("next", Timestamp.from(now.plus(every)))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    void save(Source vendor, String slot, boolean gone) {
        jdbc.sql("INSERT INTO ops_ghost_sample VALUES (:now, :vendor, :slot, :gone)")
                .param("now", Timestamp.from(clock.instant()))
                .param("vendor", vendor.name())
                .param("slot", slot)
                .param("gone", gone)
                .update();
    }

    GhostShare since(Source vendor, Instant from) {
        return jdbc.sql("""
                        SELECT count(*) AS sampled, count(*) FILTER (WHERE gone) AS gone FROM ops_ghost_sample
                        WHERE source = :vendor AND at > :from""")
                .param("vendor", vendor.name())
                .param("from", Timestamp.from(from))
                .query((rs, row) -> new GhostShare(rs.getInt("sampled"), rs.getInt("gone")))
                .single();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turnThePage() {
        Instant now = clock.instant();
        days.rotate("ops_ghost_sample", dayOf(now), dayOf(now.minus(KEPT)));
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
