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
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One entry of one agenda at a time: finds it, makes it the writer's alone, keeps what became of it. */
@Component
class Entries {

    private final AgendaTables tables;
    private final EntryTables entries;
    private final OccurrenceTables occurrences;
    private final Directory directory;
    private final Clock clock;

    Entries(AgendaTables tables, EntryTables entries, OccurrenceTables occurrences, Directory directory, Clock clock) {
        this.tables = tables;
        this.entries = entries;
        this.occurrences = occurrences;
        this.directory = directory;
        this.clock = clock;
    }

    /** Somebody with an agenda, or who could have one. */
    void mustExist(PractitionerId practitioner) {
        if (!tables.exists(practitioner)) {
            known(practitioner);
        }
    }

    /** Makes the agenda of somebody the directory knows this transaction's alone. */
    DirectoryPractitioner lock(PractitionerId practitioner) {
        DirectoryPractitioner known = known(practitioner);
        tables.lock(new Party(known.id(), known.family(), known.given()));
        return known;
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    Entry locked(PractitionerId practitioner, UUID id, @Nullable Long expected) {
        tables.lock(practitioner);
        Entry entry = kept(practitioner, id);
        EntityTag.check(expected, entry.version());
        return entry;
    }

    Entry kept(PractitionerId practitioner, UUID id) {
        return entries.find(practitioner, id)
                .orElseThrow(() -> new NotFound(
                        "The agenda of " + practitioner + " has no entry " + id,
                        "L'agenda de " + practitioner + " n'a pas de disponibilité " + id));
    }

    DirectoryPractitioner known(PractitionerId practitioner) {
        return directory
                .find(practitioner)
                .orElseThrow(() -> new NotFound(
                        "The directory knows no practitioner " + practitioner
                                + ": an agenda needs a practitioner with places of practice",
                        "L'annuaire ne connaît pas de praticien " + practitioner
                                + " : un agenda suppose un praticien et ses lieux d'exercice"));
    }

    /** @param standsFor null for an entry in its own right */
    Entry begin(PractitionerId practitioner, Draft typed, Entry.Stamp stamp, Entry.@Nullable Named standsFor) {
        Entry entry = new Entry(TimeOrderedIds.next(stamp.at()), practitioner, typed, 1, stamp, stamp, standsFor);
        save(entry);
        return entry;
    }

    Entry change(Entry before, Draft typed, Entry.Stamp stamp) {
        Entry after = before.changed(typed, stamp);
        save(after);
        return after;
    }

    /** The entry as a whole; exceptions of a weekly one stay where it takes place on their date. */
    Entry replace(Entry before, Draft typed, Entry.Stamp stamp) {
        entries.lift(
                before.id(),
                entries.exceptionsOf(before.id()).keySet().stream()
                        .filter(day -> typed.weekly() == null || !typed.isOn(day))
                        .toList());
        return change(before, typed, stamp);
    }

    private void save(Entry entry) {
        entries.save(entry);
        occurrences.make(entry);
    }

    /** Now as the database keeps it. */
    Entry.Stamp stamp(String by) {
        return new Entry.Stamp(clock.instant().truncatedTo(ChronoUnit.MICROS), by);
    }

    static void atMostAYear(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new InvalidInput("to", "is not before from", "n'est pas avant from");
        }
        if (to.isAfter(from.plusYears(1))) {
            throw new InvalidInput("to", "is at most a year after from", "est au plus un an après from");
        }
    }
}
