package fr.sas.hub.appointment;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many appointments the hub knows. Reads every one that has not ended: call at most a few times a minute. */
@Repository
public class BookingCounts {

    private static final Duration LATELY = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Clock clock;

    BookingCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Counts of appointments that have not ended.
     *
     * @param booked with status booked
     * @param lately declared, changed or cancelled during the last 24 hours
     * @param lastAt when that last happened; null if there is no future appointment
     */
    public record Count(long booked, long lately, @Nullable Instant lastAt) {}

    public Count count() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE status = :booked) AS booked,
                          count(*) FILTER (WHERE changed_at > :lately) AS lately,
                          max(changed_at) AS last_at
                        FROM appointment WHERE end_at > :now""")
                .param("booked", Appointment.Status.BOOKED.name())
                .param("lately", Timestamp.from(now.minus(LATELY)))
                .param("now", Timestamp.from(now))
                .query((rs, row) ->
                        new Count(rs.getLong("booked"), rs.getLong("lately"), Columns.instant(rs, "last_at")))
                .single();
    }
}
