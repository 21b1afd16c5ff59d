package fr.sas.hub.agenda;

import java.time.LocalDate;

/**
 * An occurrence as somebody sees it.
 *
 * @param name it keeps it however often it is changed
 * @param entry what takes place: the named entry, or what stands for it on that date
 * @param version of the named entry
 * @param booked how many places are taken; may be more than there are, when the entry was changed afterwards
 */
record Shown(Entry.Named name, Entry entry, Occurrence occurrence, long version, int booked) {

    static Shown of(Entry entry, LocalDate day) {
        return new Shown(new Entry.Named(entry.id(), day), entry, entry.typed().occurrence(day), entry.version(), 0);
    }

    static Shown instead(Entry.Named name, Entry entry, long version) {
        return new Shown(name, entry, entry.typed().first(), version, 0);
    }

    Shown booked(int places) {
        return new Shown(name, entry, occurrence, version, places);
    }

    boolean isChanged() {
        return entry.standsFor() != null;
    }
}
