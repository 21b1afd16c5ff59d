package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A kept entry of somebody's agenda.
 *
 * @param version counts its changes, from 1; changes of single occurrences are changes of their weekly entry
 * @param standsFor the occurrence of a weekly entry that takes place like this instead; null for every other entry
 */
public record AgendaEntry(
        UUID id,
        Subject subject,
        Draft typed,
        long version,
        Stamp created,
        Stamp changed,
        @Nullable Named standsFor) {

    public record Stamp(Instant at, String by) {}

    /** An occurrence, by its weekly entry and its local date in it. */
    public record Named(UUID entry, LocalDate date) {}

    public AgendaEntry as(Draft told) {
        return new AgendaEntry(id, subject, told, version, created, changed, standsFor);
    }

    public AgendaEntry changed(Draft now, Stamp stamp) {
        return new AgendaEntry(id, subject, now, version + 1, created, stamp, standsFor);
    }
}
