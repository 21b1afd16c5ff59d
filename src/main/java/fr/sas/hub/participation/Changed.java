package fr.sas.hub.participation;

import fr.sas.hub.access.Authorship;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When settings were last changed, and by whom.
 *
 * @param at to the microsecond, as stored in the database
 * @param by as {@link Authorship} spells it
 */
record Changed(Instant at, String by) {

    static Changed of(ResultSet row) throws SQLException {
        return new Changed(row.getTimestamp("changed_at").toInstant(), row.getString("changed_by"));
    }

    /** On behalf of whoever this thread serves. */
    static Changed now(Clock clock) {
        return new Changed(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }
}
