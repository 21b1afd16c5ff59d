package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Patients who were sent to an occurrence that is not over: they come at the place, at the hours and for the type of
 * consultation that they were told (docs/decisions/0095). A front door of the room.
 */
@Service
public class ExpectedPatients {

    private final Entries entries;
    private final EntryTables tables;
    private final BookingTables bookings;
    private final Clock clock;

    ExpectedPatients(Entries entries, EntryTables tables, BookingTables bookings, Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.bookings = bookings;
        this.clock = clock;
    }

    /** How many are expected in this occurrence. */
    public int in(OccurrenceView shown) {
        return shown.occurrence().isOverAt(clock.instant()) ? 0 : shown.booked();
    }

    /** How many are expected in all weeks to which a change of all weeks applies. */
    @Transactional(readOnly = true)
    public int inWeeksToCome(OccurrenceView shown) {
        return tables.find(shown.entry().subject(), shown.name().entry()).stream()
                .flatMap(weekly -> toCome(weekly).stream())
                .mapToInt(OccurrenceView::booked)
                .sum();
    }

    /** The occurrence of this date, if patients are expected in it. */
    List<OccurrenceView> on(AgendaEntry weekly, LocalDate date) {
        return awaited(weekly, Map.of(date, bookings.count(new AgendaEntry.OccurrenceName(weekly.id(), date))));
    }

    /** The occurrences that can still be changed in which patients are expected. */
    List<OccurrenceView> toCome(AgendaEntry entry) {
        return awaited(entry, bookings.countsFrom(entry.id(), entries.openFrom(entry)));
    }

    private List<OccurrenceView> awaited(AgendaEntry entry, Map<LocalDate, Integer> booked) {
        Map<LocalDate, Boolean> exceptions = tables.exceptionsOf(entry.id());
        return booked.entrySet().stream()
                .flatMap(count ->
                        shown(entry, count.getKey(), exceptions).map(shown -> shown.booked(count.getValue())).stream())
                .filter(shown -> in(shown) > 0)
                .toList();
    }

    private Optional<OccurrenceView> shown(AgendaEntry entry, LocalDate date, Map<LocalDate, Boolean> exceptions) {
        if (!entry.typed().isOn(date)) {
            return Optional.empty();
        }
        if (!exceptions.containsKey(date)) {
            return Optional.of(OccurrenceView.of(entry, date));
        }
        return tables.findInstead(entry.id(), date)
                .map(instead -> OccurrenceView.instead(
                        new AgendaEntry.OccurrenceName(entry.id(), date), instead, entry.version()));
    }

    /** How many of the patients expected before a change it leaves out. @param after the entry as it was changed */
    int leftOut(List<OccurrenceView> before, AgendaEntry after) {
        Map<LocalDate, Boolean> exceptions = tables.exceptionsOf(after.id());
        return before.stream()
                .mapToInt(was -> shown(after, was.name().date(), exceptions)
                        .map(now -> leftOut(was, now))
                        .orElse(was.booked()))
                .sum();
    }

    private static int leftOut(OccurrenceView was, OccurrenceView now) {
        return stillReceives(was, now)
                ? Math.max(0, withoutPlace(now, was.booked()) - withoutPlace(was, was.booked()))
                : was.booked();
    }

    private static boolean stillReceives(OccurrenceView was, OccurrenceView now) {
        EntryDraft before = was.entry().typed();
        EntryDraft after = now.entry().typed();
        return after.place().key().equals(before.place().key())
                && after.modes().containsAll(before.modes())
                && !now.occurrence().start().isAfter(was.occurrence().start())
                && !now.occurrence().end().isBefore(was.occurrence().end());
    }

    private static int withoutPlace(OccurrenceView shown, int patients) {
        return Math.max(0, patients - shown.entry().typed().patients());
    }
}
