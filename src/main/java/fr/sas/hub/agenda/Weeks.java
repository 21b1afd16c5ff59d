package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.PractitionerId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Weekly entries, one occurrence or every week from a date on. Each change is one transaction: an interrupted request
 * leaves the old state.
 */
@Service
class Weeks {

    private final Entries entries;
    private final EntryTables tables;
    private final Telling telling;
    private final Clock clock;

    Weeks(Entries entries, EntryTables tables, Telling telling, Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.telling = telling;
        this.clock = clock;
    }

    /** One occurrence of a weekly entry, named by its local date there. */
    @Transactional(readOnly = true)
    Shown occurrence(PractitionerId practitioner, UUID id, LocalDate date) {
        return shown(weekly(entries.kept(practitioner, id)), date);
    }

    /** This occurrence only: it takes place as the document says, and keeps its name. */
    @Transactional
    Shown changeOne(
            PractitionerId practitioner,
            UUID id,
            LocalDate date,
            EntryDocument document,
            @Nullable Long expected,
            String by) {
        DirectoryPractitioner known = entries.known(practitioner);
        Entry weekly = weekly(entries.locked(practitioner, id, expected));
        Entry now = shown(weekly, date).entry();
        if (document.weekly() != null) {
            throw new InvalidInput(
                    "weekly",
                    "is not said of one occurrence; from/" + date + " changes every week from then on",
                    "ne se dit pas d'une seule occurrence ; from/" + date
                            + " modifie toutes les semaines à partir de là");
        }
        EntryDocument dated = document.on(document.date() == null ? date.toString() : document.date(), null);
        Draft typed = EntryReading.read(dated, known.places(), clock.instant());
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp(by));
        if (now.standsFor() == null) {
            tables.except(id, date);
            entries.begin(practitioner, typed, after.changed(), new Entry.Named(id, date));
        } else {
            entries.change(now, typed, after.changed());
        }
        telling.tell(Set.of(practitioner));
        return shown(after, date);
    }

    /** This occurrence only does not take place. @return the weekly entry */
    @Transactional
    Entry deleteOne(PractitionerId practitioner, UUID id, LocalDate date, @Nullable Long expected, String by) {
        Entry weekly = weekly(entries.locked(practitioner, id, expected));
        shown(weekly, date);
        tables.lift(id, Set.of(date));
        tables.except(id, date);
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp(by));
        telling.tell(Set.of(practitioner));
        return after;
    }

    /** A deleted or changed occurrence takes place as every week again. */
    @Transactional
    Shown restore(PractitionerId practitioner, UUID id, LocalDate date, @Nullable Long expected, String by) {
        Entry weekly = weekly(entries.locked(practitioner, id, expected));
        if (!tables.exceptionsOf(id).containsKey(date)) {
            throw new NotFound(
                    "Entry " + id + " has no exception on " + date,
                    "La disponibilité " + id + " n'a pas d'exception le " + date);
        }
        tables.lift(id, Set.of(date));
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp(by));
        telling.tell(Set.of(practitioner));
        return shown(after, date);
    }

    /** The days on which a weekly entry does not come as usual, and whether it comes otherwise instead. */
    @Transactional(readOnly = true)
    SortedMap<LocalDate, Boolean> exceptions(PractitionerId practitioner, UUID id) {
        return new TreeMap<>(tables.exceptionsOf(entries.kept(practitioner, id).id()));
    }

    /**
     * Every week from this date on: the entry ends the day before, and another begins, with the exceptions of later
     * dates; the entry itself changes when it never took place before that date.
     *
     * @param document its date is not read; without days it keeps those of the entry
     * @return the entry that is in force from the date on
     */
    @Transactional
    Entry changeFrom(
            PractitionerId practitioner,
            UUID id,
            LocalDate date,
            EntryDocument document,
            @Nullable Long expected,
            String by) {
        DirectoryPractitioner known = entries.known(practitioner);
        Entry weekly = weekly(entries.locked(practitioner, id, expected));
        LocalDate first = date.isBefore(weekly.typed().date()) ? weekly.typed().date() : date;
        EntryDocument from = document.on(
                first.toString(),
                document.weekly() == null
                        ? EntryDocument.WeeklyDocument.of(weekly.typed().weekly())
                        : document.weekly());
        Draft typed = EntryReading.change(weekly.typed(), from, known.places(), clock.instant());
        tables.lift(id, Set.of(date));
        Entry after;
        if (weekly.typed().days(weekly.typed().date(), date.minusDays(1)).isEmpty()) {
            after = entries.replace(weekly, typed, entries.stamp(by));
        } else {
            entries.change(weekly, ended(weekly, date), entries.stamp(by));
            after = entries.begin(practitioner, typed, entries.stamp(by), null);
            tables.moveExceptions(
                    id, after.id(), later(id, date).stream().filter(typed::isOn).toList());
            tables.lift(id, later(id, date));
        }
        telling.tell(Set.of(practitioner));
        return after;
    }

    /** No week from this date on. @return what is left before; empty when nothing is */
    @Transactional
    Optional<Entry> deleteFrom(
            PractitionerId practitioner, UUID id, LocalDate date, @Nullable Long expected, String by) {
        Entry weekly = weekly(entries.locked(practitioner, id, expected));
        Entry left = null;
        if (weekly.typed().days(weekly.typed().date(), date.minusDays(1)).isEmpty()) {
            tables.delete(weekly);
        } else {
            tables.lift(id, later(id, date));
            left = entries.change(weekly, ended(weekly, date), entries.stamp(by));
        }
        telling.tell(Set.of(practitioner));
        return Optional.ofNullable(left);
    }

    /** What takes place between these days of the places' clocks, both included, by start. */
    @Transactional(readOnly = true)
    List<Shown> occurrences(PractitionerId practitioner, LocalDate from, LocalDate to) {
        Entries.atMostAYear(from, to);
        entries.mustExist(practitioner);
        List<Entry> all = tables.takingPlace(List.of(practitioner), from, to);
        Map<UUID, Set<LocalDate>> exceptions =
                tables.exceptions(all.stream().map(Entry::id).toList(), from, to);
        Map<UUID, Entry> byId = all.stream().collect(Collectors.toMap(Entry::id, entry -> entry));
        return all.stream()
                .flatMap(entry -> entry.typed().days(from, to).stream()
                        .filter(day ->
                                !exceptions.getOrDefault(entry.id(), Set.of()).contains(day))
                        .map(day -> shown(practitioner, entry, day, byId)))
                .sorted(Comparator.comparing((Shown shown) -> shown.occurrence().start())
                        .thenComparing(shown -> shown.name().entry()))
                .toList();
    }

    private Shown shown(PractitionerId practitioner, Entry entry, LocalDate day, Map<UUID, Entry> byId) {
        Entry.Named name = entry.standsFor();
        if (name == null) {
            return Shown.of(entry, day);
        }
        Entry weekly = byId.computeIfAbsent(name.entry(), id -> entries.kept(practitioner, id));
        return Shown.instead(name, entry, weekly.version());
    }

    private Set<LocalDate> later(UUID id, LocalDate from) {
        return tables.exceptionsOf(id).keySet().stream()
                .filter(day -> !day.isBefore(from))
                .collect(Collectors.toSet());
    }

    private static Draft ended(Entry weekly, LocalDate next) {
        return weekly.typed()
                .with(
                        weekly.typed().date(),
                        Objects.requireNonNull(weekly.typed().weekly()).until(next.minusDays(1)));
    }

    private Shown shown(Entry weekly, LocalDate date) {
        if (!weekly.typed().isOn(date)) {
            throw new NotFound(
                    "Entry " + weekly.id() + " does not take place on " + date,
                    "La disponibilité " + weekly.id() + " n'a pas lieu le " + date);
        }
        Boolean instead = tables.exceptionsOf(weekly.id()).get(date);
        if (instead == null) {
            return Shown.of(weekly, date);
        }
        return tables.findInstead(weekly.id(), date)
                .map(entry -> Shown.instead(new Entry.Named(weekly.id(), date), entry, weekly.version()))
                .orElseThrow(() -> new NotFound(
                        "The occurrence of " + date + " was deleted; DELETE exceptions/" + date + " brings it back",
                        "L'occurrence du " + date + " a été supprimée ; DELETE exceptions/" + date + " la rétablit"));
    }

    private static Entry weekly(Entry entry) {
        if (entry.typed().weekly() == null) {
            throw new InvalidInput(
                    "entry",
                    "takes place once: it is changed and deleted as a whole",
                    "n'a lieu qu'une fois : elle se modifie et se supprime en entier");
        }
        return entry;
    }
}
