package fr.sas.hub.agenda;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.DayParser;
import fr.sas.hub.agenda.entry.DeletionTables;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.FormChangeTables;
import fr.sas.hub.agenda.entry.OccurrenceTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.entry.WeeklyRecurrence;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes that people make in the forms of an agenda (guide 003, 2.4): they start from an occurrence, and say whether
 * the change applies to it or to every week; a deletion can be undone (docs/decisions/0059); a form that is sent again does
 * nothing twice (docs/decisions/0087). A front door of the room.
 */
@Service
public class AgendaEdits {

    private static final Duration CAN_BE_TAKEN_BACK = Duration.ofHours(1);
    private static final Duration IS_RECOGNISED = Duration.ofHours(1);
    private static final int WEEKS_AHEAD = 10;

    private final Agenda agenda;
    private final WeeklyEdits weeks;
    private final Entries entries;
    private final EntryTables tables;
    private final OccurrenceTables occurrences;
    private final DeletionTables deletions;
    private final FormChangeTables changes;
    private final ExpectedPatients expectedPatients;
    private final AgendaAudit agendaAudit;
    private final AgendaPublisher agendaPublisher;
    private final Clock clock;

    AgendaEdits(
            Agenda agenda,
            WeeklyEdits weeks,
            Entries entries,
            EntryTables tables,
            OccurrenceTables occurrences,
            DeletionTables deletions,
            FormChangeTables changes,
            ExpectedPatients expectedPatients,
            AgendaAudit agendaAudit,
            AgendaPublisher agendaPublisher,
            Clock clock) {
        this.agenda = agenda;
        this.weeks = weeks;
        this.entries = entries;
        this.tables = tables;
        this.occurrences = occurrences;
        this.deletions = deletions;
        this.changes = changes;
        this.expectedPatients = expectedPatients;
        this.agendaAudit = agendaAudit;
        this.agendaPublisher = agendaPublisher;
        this.clock = clock;
    }

    public enum Scope {
        THIS_OCCURRENCE,
        ALL_WEEKS
    }

    /**
     * An occurrence by its entry and its local date in it, also of an entry that takes place once. If the entry has moved to
     * another day, the occurrence that stands there now: people who still name the former day have not lost it.
     *
     * @throws NotFound if it was deleted
     */
    @Transactional(readOnly = true)
    public OccurrenceView occurrence(Subject owner, AgendaEntry.OccurrenceName name) {
        AgendaEntry entry = entries.requireEntry(owner, name.entry());
        if (entry.typed().weekly() == null) {
            return weeks.booked(OccurrenceView.of(entry, entry.typed().date()));
        }
        if (entry.typed().isOn(name.date())) {
            return weeks.occurrence(owner, name.entry(), name.date());
        }
        return usual(entry, name.date())
                .orElseThrow(() -> new NotFound(
                        "Entry " + entry.id() + " does not take place on " + name.date() + " or later",
                        "Cette disponibilité n'a pas lieu à cette date."));
    }

    /** Whether a weekly entry takes place from this day on, be it not on this day itself. */
    @Transactional(readOnly = true)
    public boolean goesOn(Subject owner, AgendaEntry.OccurrenceName name) {
        return tables.find(owner, name.entry())
                .filter(entry -> entry.typed().weekly() != null)
                .flatMap(entry -> usual(entry, name.date()))
                .isPresent();
    }

    /**
     * The first day of those to come on which a weekly entry takes place as it usually does; empty if there is none within
     * some weeks, or it takes place once.
     */
    @Transactional(readOnly = true)
    public Optional<LocalDate> nextUsualDay(Subject owner, UUID weekly) {
        return tables.find(owner, weekly)
                .filter(entry -> entry.typed().weekly() != null)
                .flatMap(entry -> {
                    LocalDate today = LocalDate.ofInstant(
                            clock.instant(), entry.typed().place().zone());
                    return usual(entry, today)
                            .filter(shown -> !shown.occurrence().isOverAt(clock.instant()))
                            .or(() -> usual(entry, today.plusDays(1)));
                })
                .map(shown -> shown.occurrence().date());
    }

    /** How many patients are expected in all weeks from this occurrence on. */
    @Transactional(readOnly = true)
    public int bookedFrom(AgendaEntry.OccurrenceName name) {
        return weeks.bookedFrom(name);
    }

    /** The first occurrence of a weekly entry from this day on that is neither changed nor deleted for itself. */
    private Optional<OccurrenceView> usual(AgendaEntry weekly, LocalDate from) {
        Set<LocalDate> exceptions = tables.exceptionsOf(weekly.id()).keySet();
        LocalDate first = from.isBefore(weekly.typed().date()) ? weekly.typed().date() : from;
        return weekly.typed().days(first, first.plusWeeks(WEEKS_AHEAD)).stream()
                .filter(day -> !exceptions.contains(day))
                .findFirst()
                .map(day -> weeks.booked(OccurrenceView.of(weekly, day)));
    }

    /** An entry of another agenda is none of this one, neither now nor deleted before. */
    @Transactional(readOnly = true)
    public boolean isOfAnother(Subject owner, UUID entry) {
        return tables.isOfAnother(owner, entry);
    }

    /** @param deletion which can still be taken back */
    @Transactional(readOnly = true)
    public boolean isDeletionOfAnother(Subject owner, UUID deletion) {
        return deletions.isOfAnother(owner, deletion);
    }

    /** The weekdays on which a weekly entry takes place; empty for one that takes place once. */
    @Transactional(readOnly = true)
    public Set<DayOfWeek> weekdays(Subject owner, UUID entry) {
        WeeklyRecurrence weekly = entries.requireEntry(owner, entry).typed().weekly();
        return weekly == null ? Set.of() : weekly.days();
    }

    /** What is wrong with a new entry, without creating it, such as one about which the form has to ask first. */
    @Transactional(readOnly = true)
    public List<InvalidInput.Fault> faultsOf(Subject owner, EntryDocument typed) {
        return agenda.faultsOf(owner, typed);
    }

    @Transactional
    public AgendaEntry create(Subject owner, EntryDocument typed, SentForm form) {
        return agenda.create(owner, typed, form);
    }

    /**
     * Applied to all weeks, it changes those to come: if the date moves to another weekday, so does the only weekday.
     *
     * @param expected the version that the caller has read
     * @param leftOut how many expected patients the caller knows that it leaves out (docs/decisions/0095)
     * @param form sent again, it changes nothing, and leads to what it has changed
     * @return what takes place from now on: at the date that was typed, or next after it
     * @throws StaleWrite if someone else has changed it since
     * @throws InvalidInput also if the date and the weekdays contradict each other (docs/decisions/0091)
     * @throws PatientsLeftOut if it leaves out more: nothing is changed
     */
    @Transactional
    public OccurrenceView change(
            Subject owner,
            AgendaEntry.OccurrenceName name,
            Scope scope,
            EntryDocument typed,
            long expected,
            int leftOut,
            SentForm form) {
        AgendaEntry entry = entries.locked(owner, name.entry(), null);
        UUID sent = form.makes(UuidCreator.getTimeOrderedEpoch(clock.instant()), owner, name, scope, typed, expected);
        if (!changes.isLast(sent, entry)) {
            EntityTag.check(expected, entry.version());
            List<OccurrenceView> awaited =
                    scope == Scope.THIS_OCCURRENCE && entry.typed().weekly() != null
                            ? expectedPatients.on(entry, name.date())
                            : expectedPatients.toCome(entry);
            apply(owner, entry, name, scope, typed, expected);
            AgendaEntry after = entries.requireEntry(owner, name.entry());
            ask(expectedPatients.leftOut(awaited, after), leftOut);
            changes.forgetBefore(clock.instant().minus(IS_RECOGNISED));
            changes.save(sent, after, clock.instant());
        }
        return changed(owner, name, typed);
    }

    /** By undoing what was changed so far. */
    private static void ask(int leftOut, int known) {
        if (leftOut > known) {
            throw new PatientsLeftOut(leftOut);
        }
    }

    private OccurrenceView changed(Subject owner, AgendaEntry.OccurrenceName name, EntryDocument typed) {
        AgendaEntry entry = entries.requireEntry(owner, name.entry());
        LocalDate date = DayParser.read("date", typed.date(), fault -> {});
        if (entry.typed().weekly() == null
                || date == null
                || tables.exceptionsOf(entry.id()).containsKey(name.date())) {
            return occurrence(owner, name);
        }
        return usual(entry, date).orElseGet(() -> OccurrenceView.of(entry, date));
    }

    private void apply(
            Subject owner,
            AgendaEntry entry,
            AgendaEntry.OccurrenceName name,
            Scope scope,
            EntryDocument typed,
            long expected) {
        if (entry.typed().weekly() == null) {
            mustBeWhereItWas(entry, name);
            agenda.change(owner, name.entry(), typed, expected);
            return;
        }
        OccurrenceView shown = weeks.occurrence(owner, name.entry(), name.date());
        WeeklyFormReading form =
                new WeeklyFormReading(entry, name.date(), shown.occurrence().date(), typed);
        form.contradiction(scope, entries.openFrom(entry))
                .ifPresent(contradiction -> refuse(owner, typed, contradiction));
        if (scope == Scope.THIS_OCCURRENCE) {
            weeks.changeOne(owner, name.entry(), name.date(), typed.on(typed.date(), null), expected);
            return;
        }
        if (shown.isChanged()) {
            weeks.restore(owner, name.entry(), name.date(), expected);
        }
        agenda.change(
                owner,
                name.entry(),
                form.everyWeek(entries.openFrom(entry)),
                shown.isChanged() ? expected + 1 : expected);
    }

    /** Together with everything else that is wrong, so that all of it is reported at once. */
    private void refuse(Subject owner, EntryDocument typed, InvalidInput.Fault contradiction) {
        throw new InvalidInput(Stream.concat(agenda.faultsOf(owner, typed).stream(), Stream.of(contradiction))
                .toList());
    }

    /** An address that names another day than the one on which an entry takes place is out of date. */
    private static void mustBeWhereItWas(AgendaEntry once, AgendaEntry.OccurrenceName name) {
        if (!once.typed().date().equals(name.date())) {
            throw new StaleWrite(once.version());
        }
    }

    /**
     * Applied to all weeks, it deletes those from the occurrence on.
     *
     * @param expected the version that the caller has read
     * @return id with which the deletion can be undone for an hour, unless someone changes what is left
     */
    @Transactional
    public UUID delete(Subject owner, AgendaEntry.OccurrenceName name, Scope scope, long expected) {
        AgendaEntry entry = entries.locked(owner, name.entry(), expected);
        if (entry.typed().weekly() == null) {
            mustBeWhereItWas(entry, name);
        }
        DeletionTables.Scope deleted = entry.typed().weekly() == null
                ? DeletionTables.Scope.ENTRY
                : scope == Scope.THIS_OCCURRENCE ? DeletionTables.Scope.OCCURRENCE : DeletionTables.Scope.WEEKS;
        AgendaEntry.Stamp stamp = entries.stamp();
        UUID id = UuidCreator.getTimeOrderedEpoch(stamp.at());
        deletions.forgetBefore(stamp.at().minus(CAN_BE_TAKEN_BACK));
        deletions.save(new DeletionTables.Deletion(id, owner, deleted, name, null, null), stamp);
        Optional<AgendaEntry> left = Optional.empty();
        switch (deleted) {
            case ENTRY -> agenda.delete(owner, name.entry(), expected);
            case OCCURRENCE -> left = Optional.of(weeks.deleteOne(owner, name.entry(), name.date(), expected));
            case WEEKS -> left = weeks.deleteFrom(owner, name.entry(), name.date(), expected);
        }
        deletions.leaves(id, left.map(AgendaEntry::version).orElse(null));
        return id;
    }

    /**
     * What the person for whom this request is made has deleted there: a form of theirs that is sent again finds nothing
     * to delete, and has done what it was to do.
     *
     * @param id with which the deletion can still be undone
     */
    public record Deleted(UUID id, Scope scope) {}

    /** Empty if it was somebody else, or nobody. */
    @Transactional(readOnly = true)
    public Optional<Deleted> ownDeletion(Subject owner, AgendaEntry.OccurrenceName name) {
        AgendaEntry.Stamp stamp = entries.stamp();
        return deletions
                .last(owner, name, stamp.by(), stamp.at().minus(CAN_BE_TAKEN_BACK))
                .map(deletion -> new Deleted(
                        deletion.id(),
                        deletion.scope() == DeletionTables.Scope.WEEKS ? Scope.ALL_WEEKS : Scope.THIS_OCCURRENCE));
    }

    /**
     * Undoes a deletion: what was deleted is restored as it was. Requested again, it leads to what was restored.
     *
     * @return what was restored
     * @throws NotFound if it is too late, or what was restored has been changed or deleted since
     * @throws StaleWrite if someone has changed what the deletion had left
     */
    @Transactional
    public AgendaEntry.OccurrenceName takeBack(Subject owner, UUID id) {
        entries.lockAnyway(owner);
        DeletionTables.Deletion deletion = deletions
                .find(owner, id, clock.instant().minus(CAN_BE_TAKEN_BACK))
                .orElseThrow(() -> tooLate(id));
        AgendaEntry.OccurrenceName name = deletion.name();
        Optional<AgendaEntry> left = tables.find(owner, name.entry());
        Long version = left.map(AgendaEntry::version).orElse(null);
        if (deletion.restoredVersion() != null) {
            if (deletion.restoredVersion().equals(version)) {
                return name;
            }
            throw tooLate(id);
        }
        if (!Objects.equals(version, deletion.leftVersion())) {
            throw new StaleWrite(version == null ? 0 : version);
        }
        left.ifPresent(tables::delete);
        deletions.putBack(deletion, entries.stamp());
        tables.withInstead(name.entry()).forEach(occurrences::make);
        recordRestored(owner, deletion);
        agendaPublisher.publish(Set.of(owner));
        return name;
    }

    private static NotFound tooLate(UUID deletion) {
        return new NotFound(
                "There is no deletion " + deletion + " to undo", "Cette suppression ne peut plus être annulée.");
    }

    private void recordRestored(Subject owner, DeletionTables.Deletion deletion) {
        AgendaEntry.OccurrenceName name = deletion.name();
        AgendaEntry again = entries.requireEntry(owner, name.entry());
        switch (deletion.scope()) {
            case ENTRY -> agendaAudit.entryRestored(owner, name.entry(), again);
            case OCCURRENCE ->
                agendaAudit.occurrenceRestored(owner, name, weeks.occurrence(owner, name.entry(), name.date()));
            case WEEKS -> agendaAudit.weeksRestored(owner, name, again);
        }
    }
}
