package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.PractitionerId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: what practitioners typed by hand. What is saved is what is found: the index is told in the
 * same transaction, and writers of one agenda follow one another.
 */
@Service
public class Agenda {

    private final Entries entries;
    private final EntryTables tables;
    private final Telling telling;
    private final Clock clock;

    Agenda(Entries entries, EntryTables tables, Telling telling, Clock clock) {
        this.entries = entries;
        this.tables = tables;
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
    List<Entry> list(PractitionerId practitioner, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInput("to", "is not before from", "n'est pas avant from");
        }
        entries.mustExist(practitioner);
        return tables.list(practitioner, from, to, from == null ? clock.instant() : null);
    }

    @Transactional(readOnly = true)
    Entry entry(PractitionerId practitioner, UUID id) {
        return entries.kept(practitioner, id);
    }

    @Transactional
    Entry create(PractitionerId practitioner, EntryDocument document, String by) {
        DirectoryPractitioner known = entries.lock(practitioner);
        Draft typed = EntryReading.read(document, known.places(), clock.instant());
        Entry entry = entries.begin(practitioner, typed, entries.stamp(by), null);
        telling.tell(Set.of(practitioner));
        return entry;
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    @Transactional
    Entry change(PractitionerId practitioner, UUID id, EntryDocument document, @Nullable Long expected, String by) {
        DirectoryPractitioner known = entries.known(practitioner);
        Entry before = entries.locked(practitioner, id, expected);
        Draft typed = EntryReading.change(before.typed(), document, known.places(), clock.instant());
        Entry after = entries.replace(before, typed, entries.stamp(by));
        telling.tell(Set.of(practitioner));
        return after;
    }

    /** Possible also for somebody whom the directory no longer knows. */
    @Transactional
    void delete(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        tables.delete(entries.locked(practitioner, id, expected));
        telling.tell(Set.of(practitioner));
    }
}
