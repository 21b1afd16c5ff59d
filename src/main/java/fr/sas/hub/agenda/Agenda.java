package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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

    private final AgendaTables tables;
    private final Telling telling;
    private final Directory directory;
    private final Clock clock;

    Agenda(AgendaTables tables, Telling telling, Directory directory, Clock clock) {
        this.tables = tables;
        this.telling = telling;
        this.directory = directory;
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
            throw new InvalidInput(List.of(new InvalidInput.Fault("to", "is not before from")));
        }
        if (!tables.exists(practitioner)) {
            known(practitioner);
        }
        return tables.list(practitioner, from, to, from == null ? clock.instant() : null);
    }

    @Transactional(readOnly = true)
    Entry entry(PractitionerId practitioner, UUID id) {
        return kept(practitioner, id);
    }

    @Transactional
    Entry create(PractitionerId practitioner, EntryDocument document, String by) {
        DirectoryPractitioner known = known(practitioner);
        Draft typed = EntryReading.read(document, known.places(), clock.instant());
        tables.lock(new Party(known.id(), known.family(), known.given()));
        Entry.Stamp stamp = new Entry.Stamp(now(), by);
        Entry entry = new Entry(TimeOrderedIds.next(stamp.at()), practitioner, typed, 1, stamp, stamp);
        tables.save(entry);
        telling.tell(Set.of(practitioner));
        return entry;
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    @Transactional
    Entry change(PractitionerId practitioner, UUID id, EntryDocument document, @Nullable Long expected, String by) {
        DirectoryPractitioner known = known(practitioner);
        Entry before = lockedEntry(practitioner, id, expected);
        Draft typed = EntryReading.read(document, known.places(), clock.instant());
        Entry after =
                new Entry(id, practitioner, typed, before.version() + 1, before.created(), new Entry.Stamp(now(), by));
        tables.save(after);
        telling.tell(Set.of(practitioner));
        return after;
    }

    /** Possible also for somebody whom the directory no longer knows. */
    @Transactional
    void delete(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        tables.delete(lockedEntry(practitioner, id, expected));
        telling.tell(Set.of(practitioner));
    }

    private Entry lockedEntry(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        tables.lock(practitioner);
        Entry entry = kept(practitioner, id);
        EntityTag.check(expected, entry.version());
        return entry;
    }

    private Entry kept(PractitionerId practitioner, UUID id) {
        return tables.find(practitioner, id)
                .orElseThrow(() -> new NotFound("The agenda of " + practitioner + " has no entry " + id));
    }

    private DirectoryPractitioner known(PractitionerId practitioner) {
        return directory
                .find(practitioner)
                .orElseThrow(() -> new NotFound("The directory knows no practitioner " + practitioner
                        + ": an agenda needs a practitioner with places of practice"));
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
