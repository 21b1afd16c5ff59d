package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    private final BookingTables bookings;
    private final Remembering remembering;
    private final Telling telling;
    private final Clock clock;

    Weeks(
            Entries entries,
            EntryTables tables,
            BookingTables bookings,
            Remembering remembering,
            Telling telling,
            Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.bookings = bookings;
        this.remembering = remembering;
        this.telling = telling;
        this.clock = clock;
    }

    /** One occurrence of a weekly entry, named by its local date there. */
    @Transactional(readOnly = true)
    Shown occurrence(Subject owner, UUID id, LocalDate date) {
        return shown(weekly(entries.kept(owner, id)), date);
    }

    /** This occurrence only: it takes place as the document says, and keeps its name. */
    @Transactional
    Shown changeOne(Subject owner, UUID id, LocalDate date, EntryDocument document, @Nullable Long expected) {
        Owner known = entries.typing(owner);
        Entry weekly = weekly(entries.locked(owner, id, expected));
        Shown before = shown(weekly, date);
        Entry now = before.entry();
        entries.notOver(before);
        if (document.weekly() != null) {
            throw new InvalidInput(
                    "weekly",
                    "is not said of one occurrence; from/" + date + " changes every week from then on",
                    "ne se dit pas d'une seule occurrence ; from/" + date
                            + " modifie toutes les semaines à partir de là");
        }
        EntryDocument dated = document.on(document.date() == null ? date.toString() : document.date(), null);
        Draft typed = EntryReading.read(known.placed(dated), known.places(), clock.instant());
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp());
        if (now.standsFor() == null) {
            tables.except(id, date);
            entries.begin(owner, typed, after.changed(), new Entry.Named(id, date));
        } else {
            entries.change(now, typed, after.changed());
        }
        Shown shown = shown(after, date);
        remembering.occurrence(owner, id, date, before, shown);
        telling.tell(Set.of(owner));
        return shown;
    }

    /** This occurrence only does not take place. @return the weekly entry */
    @Transactional
    Entry deleteOne(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        Entry weekly = weekly(entries.locked(owner, id, expected));
        Shown before = shown(weekly, date);
        entries.notOver(before);
        tables.lift(id, Set.of(date));
        tables.except(id, date);
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp());
        remembering.occurrence(owner, id, date, before, null);
        telling.tell(Set.of(owner));
        return after;
    }

    /** A deleted or changed occurrence takes place as every week again. */
    @Transactional
    Shown restore(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        Entry weekly = weekly(entries.locked(owner, id, expected));
        if (!tables.exceptionsOf(id).containsKey(date)) {
            throw new NotFound(
                    "Entry " + id + " has no exception on " + date,
                    "La disponibilité " + id + " n'a pas d'exception le " + date);
        }
        Shown before = tables.findInstead(id, date)
                .map(instead -> Shown.instead(new Entry.Named(id, date), instead, weekly.version()))
                .orElse(null);
        entries.notOver(Shown.of(weekly, date));
        if (before != null) {
            entries.notOver(before);
        }
        tables.lift(id, Set.of(date));
        Entry after = entries.change(weekly, weekly.typed(), entries.stamp());
        Shown shown = shown(after, date);
        remembering.occurrence(owner, id, date, before, shown);
        telling.tell(Set.of(owner));
        return shown;
    }

    /** The days on which a weekly entry does not come as usual, and whether it comes otherwise instead. */
    @Transactional(readOnly = true)
    SortedMap<LocalDate, Boolean> exceptions(Subject owner, UUID id) {
        return new TreeMap<>(tables.exceptionsOf(entries.kept(owner, id).id()));
    }

    /**
     * Every week from this date on: the entry ends the day before, and another begins, with the exceptions of later
     * dates; the entry itself changes when it never took place before that date.
     *
     * @param document its date is not read; without days it keeps those of the entry
     * @return the entry that is in force from the date on
     */
    @Transactional
    Entry changeFrom(Subject owner, UUID id, LocalDate date, EntryDocument document, @Nullable Long expected) {
        Owner known = entries.typing(owner);
        Entry weekly = openFrom(date, entries.locked(owner, id, expected));
        LocalDate first = date.isBefore(weekly.typed().date()) ? weekly.typed().date() : date;
        EntryDocument from = document.on(
                first.toString(),
                document.weekly() == null
                        ? EntryDocument.WeeklyDocument.of(weekly.typed().weekly())
                        : document.weekly());
        Draft typed = EntryReading.change(weekly.typed(), known.placed(from), known.places(), clock.instant());
        tables.lift(id, Set.of(date));
        Entry after;
        if (!weekly.typed().takesPlaceBefore(date)) {
            after = entries.replace(weekly, typed, entries.stamp());
        } else {
            entries.change(weekly, weekly.typed().endedBefore(date), entries.stamp());
            after = entries.begin(owner, typed, entries.stamp(), null);
            tables.moveExceptions(
                    id, after.id(), later(id, date).stream().filter(typed::isOn).toList());
            tables.lift(id, later(id, date));
            bookings.move(id, after.id(), date);
        }
        remembering.weeks(owner, id, date, weekly, after);
        telling.tell(Set.of(owner));
        return after;
    }

    /** No week from this date on. @return what is left before; empty when nothing is */
    @Transactional
    Optional<Entry> deleteFrom(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        Entry weekly = openFrom(date, entries.locked(owner, id, expected));
        Entry left = null;
        if (!weekly.typed().takesPlaceBefore(date)) {
            tables.delete(weekly);
        } else {
            tables.lift(id, later(id, date));
            left = entries.change(weekly, weekly.typed().endedBefore(date), entries.stamp());
        }
        remembering.weeks(owner, id, date, weekly, null);
        telling.tell(Set.of(owner));
        return Optional.ofNullable(left);
    }

    /** What takes place between these days of the places' clocks, both included, by start. */
    @Transactional(readOnly = true)
    List<Shown> occurrences(Subject owner, LocalDate from, LocalDate to) {
        Entries.atMostAYear(from, to);
        entries.mustExist(owner);
        List<Entry> all = tables.takingPlace(List.of(owner), from, to);
        Map<UUID, Set<LocalDate>> exceptions =
                tables.exceptions(all.stream().map(Entry::id).toList(), from, to);
        Map<Entry.Named, Integer> booked = bookings.counts(List.of(owner));
        Map<UUID, Entry> byId = all.stream().collect(Collectors.toMap(Entry::id, entry -> entry));
        return all.stream()
                .flatMap(entry -> entry.typed().days(from, to).stream()
                        .filter(day ->
                                !exceptions.getOrDefault(entry.id(), Set.of()).contains(day))
                        .map(day -> shown(owner, entry, day, byId)))
                .map(shown -> shown.booked(booked.getOrDefault(shown.name(), 0)))
                .sorted(Comparator.comparing((Shown shown) -> shown.occurrence().start())
                        .thenComparing(shown -> shown.name().entry()))
                .toList();
    }

    private Shown shown(Subject owner, Entry entry, LocalDate day, Map<UUID, Entry> byId) {
        Entry.Named name = entry.standsFor();
        if (name == null) {
            return Shown.of(entry, day);
        }
        Entry weekly = byId.computeIfAbsent(name.entry(), id -> entries.kept(owner, id));
        return Shown.instead(name, entry, weekly.version());
    }

    private Set<LocalDate> later(UUID id, LocalDate from) {
        return tables.exceptionsOf(id).keySet().stream()
                .filter(day -> !day.isBefore(from))
                .collect(Collectors.toSet());
    }

    private Shown shown(Entry weekly, LocalDate date) {
        return unbooked(weekly, date).booked(bookings.count(new Entry.Named(weekly.id(), date)));
    }

    private Shown unbooked(Entry weekly, LocalDate date) {
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

    /** A weekly entry of which no week that is over would change with every week from this date on. */
    private Entry openFrom(LocalDate date, Entry entry) {
        LocalDate open = entries.openFrom(weekly(entry));
        if (date.isBefore(open) && entry.typed().takesPlaceBefore(open)) {
            throw Entries.over("date");
        }
        return entry;
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
