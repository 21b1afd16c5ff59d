package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry of an agenda.
 *
 * @param version counts its changes, from 1; a change to a single occurrence counts as a change to its weekly entry
 * @param standsFor the occurrence of a weekly entry that this entry replaces; null for all other entries
 */
public record AgendaEntry(
        UUID id,
        Subject subject,
        EntryDraft typed,
        long version,
        Stamp created,
        Stamp changed,
        @Nullable OccurrenceName standsFor) {

    public record Stamp(Instant at, String by) {}

    /** An occurrence, by its weekly entry and its local date in it. */
    public record OccurrenceName(UUID entry, LocalDate date) {}

    public AgendaEntry as(EntryDraft other) {
        return new AgendaEntry(id, subject, other, version, created, changed, standsFor);
    }

    public AgendaEntry changed(EntryDraft now, Stamp stamp) {
        return new AgendaEntry(id, subject, now, version + 1, created, stamp, standsFor);
    }
}
