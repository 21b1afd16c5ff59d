package fr.sas.hub.participation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.database.Columns;
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
record SettingsChange(Instant at, String by) {

    static SettingsChange of(ResultSet row) throws SQLException {
        return new SettingsChange(Columns.requiredInstant(row, "changed_at"), row.getString("changed_by"));
    }

    /** On behalf of the person whom this thread serves. */
    static SettingsChange now(Clock clock) {
        return new SettingsChange(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }
}
