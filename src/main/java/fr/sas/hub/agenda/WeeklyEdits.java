package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.EntryReading;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.Subject;
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
 * Changes weekly entries: one occurrence, or every week from a date on. Each change is one transaction: an interrupted
 * request leaves the old state.
 */
@Service
public class WeeklyEdits {

    private final Entries entries;
    private final EntryTables tables;
    private final BookingTables bookings;
    private final AgendaAudit agendaAudit;
    private final AgendaPublisher agendaPublisher;
    private final Clock clock;

    WeeklyEdits(
            Entries entries,
            EntryTables tables,
            BookingTables bookings,
            AgendaAudit agendaAudit,
            AgendaPublisher agendaPublisher,
            Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.bookings = bookings;
        this.agendaAudit = agendaAudit;
        this.agendaPublisher = agendaPublisher;
        this.clock = clock;
    }

    /** One occurrence of a weekly entry, identified by its local date in it. */
    @Transactional(readOnly = true)
    OccurrenceView occurrence(Subject owner, UUID id, LocalDate date) {
        return shown(weekly(entries.requireEntry(owner, id)), date);
    }

    /** Changes only this occurrence: it takes place as the document says, and keeps its name. */
    @Transactional
    OccurrenceView changeOne(Subject owner, UUID id, LocalDate date, EntryDocument document, @Nullable Long expected) {
        AgendaOwner known = entries.typing(owner);
        AgendaEntry weekly = weekly(entries.locked(owner, id, expected));
        OccurrenceView before = shown(weekly, date);
        AgendaEntry now = before.entry();
        entries.notOver(before);
        if (document.weekly() != null) {
            throw new InvalidInput(
                    "weekly",
                    "cannot be given for one occurrence; from/" + date + " changes every week from then on",
                    "Une récurrence ne se change pas sur une seule occurrence : choisissez toutes les semaines.",
                    "The weekdays cannot be changed for a single occurrence: choose every week.");
        }
        EntryDocument dated = document.on(document.date() == null ? date.toString() : document.date(), null);
        EntryDraft typed = EntryReading.read(known.placed(dated), known.places(), clock.instant());
        AgendaEntry after = entries.change(weekly, weekly.typed(), entries.stamp());
        if (now.standsFor() == null) {
            tables.except(id, date);
            entries.begin(owner, typed, after.changed(), new AgendaEntry.OccurrenceName(id, date));
        } else {
            entries.change(now, typed, after.changed());
        }
        OccurrenceView shown = shown(after, date);
        agendaAudit.occurrence(owner, id, date, before, shown);
        agendaPublisher.publish(Set.of(owner));
        return shown;
    }

    /** Deletes only this occurrence. @return the weekly entry */
    @Transactional
    AgendaEntry deleteOne(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        AgendaEntry weekly = weekly(entries.locked(owner, id, expected));
        OccurrenceView before = shown(weekly, date);
        entries.notOver(before);
        tables.lift(id, Set.of(date));
        tables.except(id, date);
        AgendaEntry after = entries.change(weekly, weekly.typed(), entries.stamp());
        agendaAudit.occurrence(owner, id, date, before, null);
        agendaPublisher.publish(Set.of(owner));
        return after;
    }

    /** Makes a deleted or changed occurrence take place as in every other week again. */
    @Transactional
    OccurrenceView restore(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        AgendaEntry weekly = weekly(entries.locked(owner, id, expected));
        if (!tables.exceptionsOf(id).containsKey(date)) {
            throw new NotFound(
                    "Entry " + id + " has no exception on " + date,
                    "Cette disponibilité n'a été ni modifiée ni supprimée à cette date.");
        }
        OccurrenceView before = tables.findInstead(id, date)
                .map(instead ->
                        OccurrenceView.instead(new AgendaEntry.OccurrenceName(id, date), instead, weekly.version()))
                .orElse(null);
        entries.notOver(OccurrenceView.of(weekly, date));
        if (before != null) {
            entries.notOver(before);
        }
        tables.lift(id, Set.of(date));
        AgendaEntry after = entries.change(weekly, weekly.typed(), entries.stamp());
        OccurrenceView shown = shown(after, date);
        if (before == null) {
            agendaAudit.occurrenceRestored(owner, new AgendaEntry.OccurrenceName(id, date), shown);
        } else {
            agendaAudit.occurrence(owner, id, date, before, shown);
        }
        agendaPublisher.publish(Set.of(owner));
        return shown;
    }

    /** The days on which a weekly entry does not take place as usual, and whether a changed occurrence replaces it. */
    @Transactional(readOnly = true)
    SortedMap<LocalDate, Boolean> exceptions(Subject owner, UUID id) {
        return new TreeMap<>(tables.exceptionsOf(entries.requireEntry(owner, id).id()));
    }

    /**
     * Changes every week from this date on: the entry ends the day before, and another begins, with the exceptions of
     * later dates; if the entry never took place before that date, it is itself changed.
     *
     * @param document its date is ignored; without days it keeps those of the entry
     * @return the entry that is in force from the date on
     */
    @Transactional
    AgendaEntry changeFrom(Subject owner, UUID id, LocalDate date, EntryDocument document, @Nullable Long expected) {
        AgendaOwner known = entries.typing(owner);
        AgendaEntry weekly = openFrom(date, entries.locked(owner, id, expected));
        LocalDate typedDate = weekly.typed().date();
        LocalDate first = date.isBefore(typedDate) ? typedDate : date;
        EntryDocument from = document.on(
                first.toString(),
                document.weekly() == null
                        ? EntryDocument.WeeklyDocument.of(weekly.typed().weekly())
                        : document.weekly());
        boolean isTyped = first.equals(typedDate) && !isOnAWeekday(weekly.typed(), typedDate);
        EntryDraft typed = isTyped
                ? EntryReading.change(weekly.typed(), known.placed(from), known.places(), clock.instant())
                : EntryReading.weeksFrom(weekly.typed(), known.placed(from), known.places(), clock.instant());
        tables.lift(id, Set.of(date));
        AgendaEntry after;
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
        agendaAudit.weeks(owner, id, date, weekly, after);
        agendaPublisher.publish(Set.of(owner));
        return after;
    }

    /** Deletes every week from this date on. @return what is left before it; empty if nothing is */
    @Transactional
    Optional<AgendaEntry> deleteFrom(Subject owner, UUID id, LocalDate date, @Nullable Long expected) {
        AgendaEntry weekly = openFrom(date, entries.locked(owner, id, expected));
        AgendaEntry left = null;
        if (!weekly.typed().takesPlaceBefore(date)) {
            tables.delete(weekly);
        } else {
            tables.lift(id, later(id, date));
            left = entries.change(weekly, weekly.typed().endedBefore(date), entries.stamp());
        }
        agendaAudit.weeks(owner, id, date, weekly, null);
        agendaPublisher.publish(Set.of(owner));
        return Optional.ofNullable(left);
    }

    /** What takes place between these days, inclusive, in the places' local time; sorted by start. */
    @Transactional(readOnly = true)
    public List<OccurrenceView> occurrences(Subject owner, LocalDate from, LocalDate to) {
        Entries.atMostAYear(from, to);
        entries.mustExist(owner);
        List<AgendaEntry> all = tables.takingPlace(List.of(owner), from, to);
        Map<UUID, Set<LocalDate>> exceptions =
                tables.exceptions(all.stream().map(AgendaEntry::id).toList(), from, to);
        Map<AgendaEntry.OccurrenceName, Integer> booked = bookings.counts(List.of(owner));
        Map<UUID, AgendaEntry> byId = all.stream().collect(Collectors.toMap(AgendaEntry::id, entry -> entry));
        return all.stream()
                .flatMap(entry -> entry.typed().days(from, to).stream()
                        .filter(day ->
                                !exceptions.getOrDefault(entry.id(), Set.of()).contains(day))
                        .map(day -> shown(owner, entry, day, byId)))
                .map(shown -> shown.booked(booked.getOrDefault(shown.name(), 0)))
                .sorted(Comparator.comparing(
                                (OccurrenceView shown) -> shown.occurrence().start())
                        .thenComparing(shown -> shown.name().entry()))
                .toList();
    }

    private OccurrenceView shown(Subject owner, AgendaEntry entry, LocalDate day, Map<UUID, AgendaEntry> byId) {
        AgendaEntry.OccurrenceName name = entry.standsFor();
        if (name == null) {
            return OccurrenceView.of(entry, day);
        }
        AgendaEntry weekly = byId.computeIfAbsent(name.entry(), id -> entries.requireEntry(owner, id));
        return OccurrenceView.instead(name, entry, weekly.version());
    }

    private Set<LocalDate> later(UUID id, LocalDate from) {
        return tables.exceptionsOf(id).keySet().stream()
                .filter(day -> !day.isBefore(from))
                .collect(Collectors.toSet());
    }

    private OccurrenceView shown(AgendaEntry weekly, LocalDate date) {
        return booked(unbooked(weekly, date));
    }

    /** The same with how many places are taken. */
    OccurrenceView booked(OccurrenceView shown) {
        return shown.booked(bookings.count(shown.name()));
    }

    int bookedFrom(AgendaEntry.OccurrenceName occurrence) {
        return bookings.countFrom(occurrence);
    }

    private OccurrenceView unbooked(AgendaEntry weekly, LocalDate date) {
        if (!weekly.typed().isOn(date)) {
            throw new NotFound(
                    "Entry " + weekly.id() + " does not take place on " + date,
                    "Cette disponibilité n'a pas lieu à cette date.");
        }
        Boolean instead = tables.exceptionsOf(weekly.id()).get(date);
        if (instead == null) {
            return OccurrenceView.of(weekly, date);
        }
        return tables.findInstead(weekly.id(), date)
                .map(entry -> OccurrenceView.instead(
                        new AgendaEntry.OccurrenceName(weekly.id(), date), entry, weekly.version()))
                .orElseThrow(() -> new NotFound(
                        "The occurrence of " + date + " was deleted; DELETE exceptions/" + date + " restores it",
                        "La disponibilité a été supprimée à cette date ; elle peut être rétablie."));
    }

    private static boolean isOnAWeekday(EntryDraft typed, LocalDate date) {
        return Objects.requireNonNull(typed.weekly()).days().contains(date.getDayOfWeek());
    }

    /** @return the weekly entry, if changing every week from this date on changes no week that is over */
    private AgendaEntry openFrom(LocalDate date, AgendaEntry entry) {
        LocalDate open = entries.openFrom(weekly(entry));
        if (date.isBefore(open) && entry.typed().takesPlaceBefore(open)) {
            throw Entries.over("date");
        }
        return entry;
    }

    private static AgendaEntry weekly(AgendaEntry entry) {
        if (entry.typed().weekly() == null) {
            throw new InvalidInput(
                    "entry",
                    "takes place only once: it can only be changed and deleted as a whole",
                    "Cette disponibilité n'a lieu qu'une fois : elle se modifie et se supprime en entier.",
                    "This availability takes place only once: it is changed and deleted as a whole.");
        }
        return entry;
    }
}
