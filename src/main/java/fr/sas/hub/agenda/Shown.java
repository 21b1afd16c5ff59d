package fr.sas.hub.agenda;

import java.time.LocalDate;

/**
 * An occurrence as somebody sees it.
 *
 * @param name it keeps it however often it is changed
 * @param entry what takes place: the named entry, or what stands for it on that date
 * @param version of the named entry
 */
record Shown(Entry.Named name, Entry entry, Occurrence occurrence, long version) {

    static Shown of(Entry entry, LocalDate day) {
        return new Shown(new Entry.Named(entry.id(), day), entry, entry.typed().occurrence(day), entry.version());
    }

    static Shown instead(Entry.Named name, Entry entry, long version) {
        return new Shown(name, entry, entry.typed().first(), version);
    }

    boolean isChanged() {
        return entry.standsFor() != null;
    }
}
