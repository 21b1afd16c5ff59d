package fr.sas.hub.agenda;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.OccurrenceTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One entry of one agenda at a time: finds it, locks it, saves its new state. */
@Component
public class Entries {

    private final AgendaTables tables;
    private final EntryTables entries;
    private final OccurrenceTables occurrences;
    private final BookingTables bookings;
    private final AgendaOwners owners;
    private final Clock clock;

    Entries(
            AgendaTables tables,
            EntryTables entries,
            OccurrenceTables occurrences,
            BookingTables bookings,
            AgendaOwners owners,
            Clock clock) {
        this.tables = tables;
        this.entries = entries;
        this.occurrences = occurrences;
        this.bookings = bookings;
        this.owners = owners;
        this.clock = clock;
    }

    /** @throws NotFound if the subject neither has an agenda nor could have one */
    public void mustExist(Subject owner) {
        if (!tables.exists(owner)) {
            owners.known(owner);
        }
    }

    /** Locks the agenda of an owner listed in the directory until the end of the transaction. */
    public AgendaOwner lock(Subject owner) {
        AgendaOwner known = owners.known(owner);
        tables.lock(known.party());
        return known;
    }

    /** The same for an owner whom the directory may no longer list. */
    void lockAnyway(Subject owner) {
        tables.lock(owner);
    }

    /** @param expected the version that the caller has read; null for any */
    AgendaEntry locked(Subject owner, UUID id, @Nullable Long expected) {
        tables.lock(owner);
        AgendaEntry entry = requireEntry(owner, id);
        EntityTag.check(expected, entry.version());
        return entry;
    }

    AgendaEntry requireEntry(Subject owner, UUID id) {
        return entries.find(owner, id)
                .orElseThrow(() -> new NotFound(
                        "The agenda of " + owner + " has no entry " + id,
                        "Cette disponibilité n'existe pas dans cet agenda."));
    }

    /** The owner of an agenda in which something is about to be entered. */
    AgendaOwner typing(Subject owner) {
        return able(owners.known(owner));
    }

    /** The same, with the agenda locked until the end of the transaction. */
    AgendaOwner lockTyping(Subject owner) {
        return able(lock(owner));
    }

    private static AgendaOwner able(AgendaOwner owner) {
        if (owner.lacksItsAddress()) {
            throw new InvalidInput(
                    "place",
                    "requires the centre's address first: line, postalCode and city of /api/v1/facilities/"
                            + owner.party().id(),
                    "Complétez d'abord l'adresse du centre : rue, code postal et ville.",
                    "First complete the address of the centre: street, postal code and town.");
        }
        return owner;
    }

    /** @param standsFor null unless it replaces an occurrence of a weekly entry */
    AgendaEntry begin(
            Subject owner, EntryDraft typed, AgendaEntry.Stamp stamp, AgendaEntry.@Nullable OccurrenceName standsFor) {
        return begin(UuidCreator.getTimeOrderedEpoch(stamp.at()), owner, typed, stamp, standsFor);
    }

    /** The same, under an id that no entry has. */
    AgendaEntry begin(
            UUID id,
            Subject owner,
            EntryDraft typed,
            AgendaEntry.Stamp stamp,
            AgendaEntry.@Nullable OccurrenceName standsFor) {
        AgendaEntry entry = new AgendaEntry(id, owner, typed, 1, stamp, stamp, standsFor);
        save(entry);
        return entry;
    }

    AgendaEntry change(AgendaEntry before, EntryDraft typed, AgendaEntry.Stamp stamp) {
        AgendaEntry after = before.changed(typed, stamp);
        save(after);
        return after;
    }

    /**
     * Replaces the whole entry; exceptions of a weekly one are kept if it still takes place on their date, and bookings of
     * one that took place once go with it to another date.
     */
    AgendaEntry replace(AgendaEntry before, EntryDraft typed, AgendaEntry.Stamp stamp) {
        entries.lift(
                before.id(),
                entries.exceptionsOf(before.id()).keySet().stream()
                        .filter(day -> typed.weekly() == null || !typed.isOn(day))
                        .toList());
        LocalDate former = before.typed().date();
        if (before.typed().weekly() == null && !typed.isOn(former)) {
            bookings.follow(before.id(), former, typed.occurrence(typed.date()));
        }
        return change(before, typed, stamp);
    }

    /**
     * The first day of a weekly entry that can still be changed: today in the place's local time, or yesterday while
     * what began then is still going on. What took place before remains unchanged, because hours of visibility are
     * counted from it.
     */
    LocalDate openFrom(AgendaEntry entry) {
        Instant now = clock.instant();
        LocalDate yesterday =
                LocalDate.ofInstant(now, entry.typed().place().zone()).minusDays(1);
        boolean lasts = entry.typed().isOn(yesterday)
                && entry.typed().occurrence(yesterday).end().isAfter(now);
        return lasts ? yesterday : yesterday.plusDays(1);
    }

    /** @throws InvalidInput if nothing of the entry is still to come: it cannot be changed */
    void notOver(AgendaEntry entry) {
        LocalDate open = openFrom(entry);
        if (entry.typed().takesPlaceBefore(open)
                && entry.typed().days(open, open.plusDays(6)).isEmpty()) {
            throw over("entry");
        }
    }

    /** @throws InvalidInput if the occurrence ended before today: it cannot be changed */
    void notOver(OccurrenceView shown) {
        Instant now = clock.instant();
        ZoneId zone = shown.entry().typed().place().zone();
        if (!shown.occurrence().end().isAfter(now)
                && shown.occurrence().date().isBefore(LocalDate.ofInstant(now, zone))) {
            throw over("date");
        }
    }

    static InvalidInput over(String field) {
        return new InvalidInput(
                field,
                "is in the past and cannot be changed",
                "Ce qui est passé ne peut plus être modifié.",
                "What is in the past can no longer be changed.");
    }

    /** Keeps the past weeks of a weekly entry as a separate entry, with their exceptions and bookings. */
    void keepPast(AgendaEntry weekly) {
        LocalDate open = openFrom(weekly);
        if (!weekly.typed().takesPlaceBefore(open)) {
            return;
        }
        AgendaEntry past = new AgendaEntry(
                UuidCreator.getTimeOrderedEpoch(clock.instant()),
                weekly.subject(),
                weekly.typed().endedBefore(open),
                1,
                weekly.created(),
                weekly.changed(),
                null);
        save(past);
        entries.moveExceptions(
                weekly.id(),
                past.id(),
                entries.exceptionsOf(weekly.id()).keySet().stream()
                        .filter(day -> day.isBefore(open))
                        .toList());
        bookings.moveBefore(open, weekly.id(), past.id());
    }

    private void save(AgendaEntry entry) {
        entries.save(entry);
        occurrences.make(entry);
    }

    /** The present instant with the database's precision, and the author. */
    public AgendaEntry.Stamp stamp() {
        return new AgendaEntry.Stamp(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }

    public static void atMostAYear(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new InvalidInput(
                    "to", "must not be before from", "La date de fin ne peut pas être avant la date de début.");
        }
        if (to.isAfter(from.plusYears(1))) {
            throw new InvalidInput(
                    "to", "must be at most a year after from", "La période demandée ne peut pas dépasser un an.");
        }
    }
}
