package fr.sas.hub.agenda;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Draft;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.OccurrenceTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One entry of one agenda at a time: finds it, makes it the writer's alone, keeps what became of it. */
@Component
public class Entries {

    private final AgendaTables tables;
    private final EntryTables entries;
    private final OccurrenceTables occurrences;
    private final BookingTables bookings;
    private final Owners owners;
    private final Clock clock;

    Entries(
            AgendaTables tables,
            EntryTables entries,
            OccurrenceTables occurrences,
            BookingTables bookings,
            Owners owners,
            Clock clock) {
        this.tables = tables;
        this.entries = entries;
        this.occurrences = occurrences;
        this.bookings = bookings;
        this.owners = owners;
        this.clock = clock;
    }

    /** Somebody with an agenda, or who could have one. */
    public void mustExist(Subject owner) {
        if (!tables.exists(owner)) {
            owners.known(owner);
        }
    }

    /** Makes the agenda of somebody the directory knows this transaction's alone. */
    public AgendaOwner lock(Subject owner) {
        AgendaOwner known = owners.known(owner);
        tables.lock(known.party());
        return known;
    }

    /** The same of somebody whom the directory may know no longer. */
    void lockAnyway(Subject owner) {
        tables.lock(owner);
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    AgendaEntry locked(Subject owner, UUID id, @Nullable Long expected) {
        tables.lock(owner);
        AgendaEntry entry = kept(owner, id);
        EntityTag.check(expected, entry.version());
        return entry;
    }

    AgendaEntry kept(Subject owner, UUID id) {
        return entries.find(owner, id)
                .orElseThrow(() -> new NotFound(
                        "The agenda of " + owner + " has no entry " + id,
                        "Cette disponibilité n'existe pas dans cet agenda."));
    }

    /** Whoever is about to type something. */
    AgendaOwner typing(Subject owner) {
        return able(owners.known(owner));
    }

    /** The same, when nobody else writes in the agenda until the end of the transaction. */
    AgendaOwner lockTyping(Subject owner) {
        return able(lock(owner));
    }

    private static AgendaOwner able(AgendaOwner owner) {
        if (owner.lacksItsAddress()) {
            throw new InvalidInput(
                    "place",
                    "needs the centre's address first: line, postalCode and city of /api/v1/facilities/"
                            + owner.party().id(),
                    "Complétez d'abord l'adresse du centre : rue, code postal et ville.");
        }
        return owner;
    }

    /** @param standsFor null for an entry in its own right */
    AgendaEntry begin(Subject owner, Draft typed, AgendaEntry.Stamp stamp, AgendaEntry.@Nullable Named standsFor) {
        AgendaEntry entry = new AgendaEntry(TimeOrderedIds.next(stamp.at()), owner, typed, 1, stamp, stamp, standsFor);
        save(entry);
        return entry;
    }

    AgendaEntry change(AgendaEntry before, Draft typed, AgendaEntry.Stamp stamp) {
        AgendaEntry after = before.changed(typed, stamp);
        save(after);
        return after;
    }

    /** The entry as a whole; exceptions of a weekly one stay where it takes place on their date. */
    AgendaEntry replace(AgendaEntry before, Draft typed, AgendaEntry.Stamp stamp) {
        entries.lift(
                before.id(),
                entries.exceptionsOf(before.id()).keySet().stream()
                        .filter(day -> typed.weekly() == null || !typed.isOn(day))
                        .toList());
        return change(before, typed, stamp);
    }

    /**
     * The first day that can still be changed as every week: today on the clock of the place, or yesterday while what
     * began then lasts. What took place before stays as it was: hours of visibility are counted from it.
     */
    LocalDate openFrom(AgendaEntry entry) {
        Instant now = clock.instant();
        LocalDate yesterday =
                LocalDate.ofInstant(now, entry.typed().place().zone()).minusDays(1);
        boolean lasts = entry.typed().isOn(yesterday)
                && entry.typed().occurrence(yesterday).end().isAfter(now);
        return lasts ? yesterday : yesterday.plusDays(1);
    }

    /** An entry of which nothing is to come stays as it was. */
    void notOver(AgendaEntry entry) {
        LocalDate open = openFrom(entry);
        if (entry.typed().takesPlaceBefore(open)
                && entry.typed().days(open, open.plusDays(6)).isEmpty()) {
            throw over("entry");
        }
    }

    /** What is over since yesterday stays as it was. */
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
                field, "is past: what is over stays as it was", "Ce qui est passé ne peut plus être modifié.");
    }

    /** The weeks of a weekly entry that are over, as an entry of their own, with their exceptions and bookings. */
    void keepPast(AgendaEntry weekly) {
        LocalDate open = openFrom(weekly);
        if (!weekly.typed().takesPlaceBefore(open)) {
            return;
        }
        AgendaEntry past = new AgendaEntry(
                TimeOrderedIds.next(clock.instant()),
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

    /** Now as the database keeps it. */
    public AgendaEntry.Stamp stamp() {
        return new AgendaEntry.Stamp(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Authorship.current().toString());
    }

    public static void atMostAYear(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new InvalidInput(
                    "to", "is not before from", "La date de fin ne peut pas être avant la date de début.");
        }
        if (to.isAfter(from.plusYears(1))) {
            throw new InvalidInput(
                    "to", "is at most a year after from", "La période demandée ne peut pas dépasser un an.");
        }
    }
}
