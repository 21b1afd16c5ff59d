package fr.sas.hub.agenda.entry;

import java.time.LocalDate;

/**
 * An occurrence as shown to people.
 *
 * @param name kept however often the occurrence is changed
 * @param entry that describes it: the named entry, or the one that replaces it on that date
 * @param version of the named entry
 * @param booked how many places are taken; may be more than there are if the entry was changed afterwards
 */
public record OccurrenceView(
        AgendaEntry.OccurrenceName name, AgendaEntry entry, Occurrence occurrence, long version, int booked) {

    public static OccurrenceView of(AgendaEntry entry, LocalDate day) {
        return new OccurrenceView(
                new AgendaEntry.OccurrenceName(entry.id(), day),
                entry,
                entry.typed().occurrence(day),
                entry.version(),
                0);
    }

    public static OccurrenceView instead(AgendaEntry.OccurrenceName name, AgendaEntry entry, long version) {
        return new OccurrenceView(name, entry, entry.typed().first(), version, 0);
    }

    public OccurrenceView booked(int places) {
        return new OccurrenceView(name, entry, occurrence, version, places);
    }

    public boolean isChanged() {
        return entry.standsFor() != null;
    }

    /** Whether nobody else can be received. */
    public boolean isFull() {
        return booked >= entry.typed().patients();
    }

    /** Whether it belongs to a weekly entry, changed or not. */
    public boolean isWeekly() {
        return isChanged() || entry.typed().weekly() != null;
    }
}
