package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: what practitioners and health centres typed by hand. What is saved is what is found: the index is told in the
 * same transaction, and writers of one agenda follow one another.
 */
@Service
public class Agenda {

    private final Entries entries;
    private final EntryTables tables;
    private final Remembering remembering;
    private final Telling telling;
    private final Clock clock;

    Agenda(Entries entries, EntryTables tables, Remembering remembering, Telling telling, Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.remembering = remembering;
        this.telling = telling;
        this.clock = clock;
    }

    /**
     * Entries by day and hour.
     *
     * @param from first day on the place's clock; null leaves out what is over
     * @param to last day; null for no end
     */
    @Transactional(readOnly = true)
    List<Entry> list(Subject owner, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInput("to", "is not before from", "n'est pas avant from");
        }
        entries.mustExist(owner);
        return tables.list(owner, from, to, from == null ? clock.instant() : null);
    }

    @Transactional(readOnly = true)
    Entry entry(Subject owner, UUID id) {
        return entries.kept(owner, id);
    }

    @Transactional
    Entry create(Subject owner, EntryDocument document) {
        Owner known = entries.lockTyping(owner);
        Draft typed = EntryReading.read(known.placed(document), known.places(), clock.instant());
        Entry entry = entries.begin(owner, typed, entries.stamp(), null);
        remembering.entry(owner, entry.id(), null, entry);
        telling.tell(Set.of(owner));
        return entry;
    }

    /**
     * Of a weekly entry the weeks to come: those that are over become an entry of their own. One that is sent as it is
     * stays as it is.
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    Entry change(Subject owner, UUID id, EntryDocument document, @Nullable Long expected) {
        Owner known = entries.typing(owner);
        Entry before = entries.locked(owner, id, expected);
        Draft typed = EntryReading.change(before.typed(), known.placed(document), known.places(), clock.instant());
        if (!typed.equals(before.typed())) {
            entries.notOver(before);
            typed = fromNowOn(known, before, typed, document);
        }
        Entry after = entries.replace(before, typed, entries.stamp());
        remembering.entry(owner, id, before, after);
        telling.tell(Set.of(owner));
        return after;
    }

    private Draft fromNowOn(Owner known, Entry before, Draft typed, EntryDocument document) {
        LocalDate open = entries.openFrom(before);
        if (before.typed().weekly() == null || !before.typed().takesPlaceBefore(open)) {
            return typed;
        }
        entries.keepPast(before);
        if (typed.weekly() == null || !typed.date().isBefore(open)) {
            return typed;
        }
        EntryDocument toCome = document.on(open.toString(), document.weekly());
        return EntryReading.change(before.typed(), known.placed(toCome), known.places(), clock.instant());
    }

    /** Weeks that are over stay. Possible also for somebody whom the directory no longer knows. */
    @Transactional
    void delete(Subject owner, UUID id, @Nullable Long expected) {
        Entry before = entries.locked(owner, id, expected);
        entries.notOver(before);
        if (before.typed().weekly() != null) {
            tables.deleteInstead(id, entries.openFrom(before));
            entries.keepPast(before);
        }
        tables.delete(before);
        remembering.entry(owner, id, before, null);
        telling.tell(Set.of(owner));
    }
}
