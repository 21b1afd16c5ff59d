package fr.sas.hub.agenda;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Days;
import fr.sas.hub.agenda.entry.DeletionTables;
import fr.sas.hub.agenda.entry.Draft;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.entry.OccurrenceTables;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.entry.Weekly;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do in forms of an agenda (guide 003, 2.4): they start from an occurrence, and say whether they mean it or every
 * week; a deletion can be taken back (docs/decisions/0059). A front door of the room.
 */
@Service
public class AgendaEdits {

    private static final Duration CAN_BE_TAKEN_BACK = Duration.ofHours(1);

    private final Agenda agenda;
    private final Weeks weeks;
    private final Entries entries;
    private final EntryTables tables;
    private final OccurrenceTables occurrences;
    private final DeletionTables deletions;
    private final AgendaAudit agendaAudit;
    private final AgendaPublisher agendaPublisher;
    private final Clock clock;

    AgendaEdits(
            Agenda agenda,
            Weeks weeks,
            Entries entries,
            EntryTables tables,
            OccurrenceTables occurrences,
            DeletionTables deletions,
            AgendaAudit agendaAudit,
            AgendaPublisher agendaPublisher,
            Clock clock) {
        this.agenda = agenda;
        this.weeks = weeks;
        this.entries = entries;
        this.tables = tables;
        this.occurrences = occurrences;
        this.deletions = deletions;
        this.agendaAudit = agendaAudit;
        this.agendaPublisher = agendaPublisher;
        this.clock = clock;
    }

    public enum Scope {
        THIS_OCCURRENCE,
        ALL_WEEKS
    }

    /** By its entry and its local date there, also of an entry that takes place once. */
    @Transactional(readOnly = true)
    public OccurrenceView occurrence(Subject owner, AgendaEntry.Named name) {
        AgendaEntry entry = entries.kept(owner, name.entry());
        if (entry.typed().weekly() != null) {
            return weeks.occurrence(owner, name.entry(), name.date());
        }
        if (!entry.typed().date().equals(name.date())) {
            throw new NotFound(
                    "Entry " + entry.id() + " does not take place on " + name.date(),
                    "Cette disponibilité n'a pas lieu à cette date.");
        }
        return OccurrenceView.of(entry, name.date());
    }

    /** On which weekdays it comes, as every week; empty for what takes place once. */
    @Transactional(readOnly = true)
    public Set<DayOfWeek> weekdays(Subject owner, UUID entry) {
        Weekly weekly = entries.kept(owner, entry).typed().weekly();
        return weekly == null ? Set.of() : weekly.days();
    }

    @Transactional
    public AgendaEntry create(Subject owner, EntryDocument typed) {
        return agenda.create(owner, typed);
    }

    /**
     * Of all weeks, those to come: a date that moved to another weekday moves them all.
     *
     * @param expected the version the writer has read
     */
    @Transactional
    public void change(Subject owner, AgendaEntry.Named name, Scope scope, EntryDocument typed, long expected) {
        AgendaEntry entry = entries.locked(owner, name.entry(), expected);
        if (entry.typed().weekly() == null) {
            agenda.change(owner, name.entry(), typed, expected);
        } else if (scope == Scope.THIS_OCCURRENCE) {
            weeks.changeOne(owner, name.entry(), name.date(), typed.on(typed.date(), null), expected);
        } else {
            OccurrenceView shown = weeks.occurrence(owner, name.entry(), name.date());
            if (shown.isChanged()) {
                weeks.restore(owner, name.entry(), name.date(), expected);
            }
            agenda.change(
                    owner,
                    name.entry(),
                    everyWeek(entry, shown.occurrence().date(), typed),
                    shown.isChanged() ? expected + 1 : expected);
        }
    }

    /** @param shown the date that stood in the form */
    private EntryDocument everyWeek(AgendaEntry entry, LocalDate shown, EntryDocument typed) {
        LocalDate date = Days.read("date", typed.date(), fault -> {});
        EntryDocument.WeeklyDocument said = typed.weekly();
        if (date == null || said == null || said.days() == null) {
            return typed;
        }
        Draft before = entry.typed();
        Set<String> usual = names(Objects.requireNonNull(before.weekly()).days());
        Set<String> days = new LinkedHashSet<>(said.days());
        if (days.equals(usual)) {
            days.remove(name(shown));
            days.add(name(date));
        }
        LocalDate first = before.date();
        if (!first.isBefore(entries.openFrom(entry))) {
            LocalDate begins = first.equals(shown) ? date : first;
            first = begins.datesUntil(begins.plusWeeks(1))
                    .filter(day -> days.contains(name(day)))
                    .findFirst()
                    .orElse(begins);
        }
        return typed.on(first.toString(), new EntryDocument.WeeklyDocument(List.copyOf(days), null));
    }

    private static String name(LocalDate date) {
        return EntryDocument.WeeklyDocument.name(date.getDayOfWeek());
    }

    private static Set<String> names(Set<DayOfWeek> days) {
        return days.stream().map(EntryDocument.WeeklyDocument::name).collect(Collectors.toSet());
    }

    /**
     * Of all weeks, those from the occurrence on.
     *
     * @param expected the version the writer has read
     * @return by which it can be taken back for an hour, as long as nobody changes what is left
     */
    @Transactional
    public UUID delete(Subject owner, AgendaEntry.Named name, Scope scope, long expected) {
        AgendaEntry entry = entries.locked(owner, name.entry(), expected);
        DeletionTables.Scope deleted = entry.typed().weekly() == null
                ? DeletionTables.Scope.ENTRY
                : scope == Scope.THIS_OCCURRENCE ? DeletionTables.Scope.OCCURRENCE : DeletionTables.Scope.WEEKS;
        Instant now = clock.instant();
        UUID id = TimeOrderedIds.next(now);
        deletions.forgetBefore(now.minus(CAN_BE_TAKEN_BACK));
        deletions.keep(new DeletionTables.Deletion(id, owner, deleted, name, null), now);
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
     * What was deleted is there again as it was.
     *
     * @throws NotFound when it is too late, or it was taken back before
     * @throws StaleWrite when somebody changed what the deletion had left
     */
    @Transactional
    public void takeBack(Subject owner, UUID id) {
        entries.lockAnyway(owner);
        DeletionTables.Deletion deletion = deletions
                .find(owner, id, clock.instant().minus(CAN_BE_TAKEN_BACK))
                .orElseThrow(() -> new NotFound(
                        "There is no deletion " + id + " to take back",
                        "Cette suppression ne peut plus être annulée."));
        AgendaEntry.Named name = deletion.name();
        Optional<AgendaEntry> left = tables.find(owner, name.entry());
        Long version = left.map(AgendaEntry::version).orElse(null);
        if (!Objects.equals(version, deletion.leftVersion())) {
            throw new StaleWrite(version == null ? 0 : version);
        }
        left.ifPresent(tables::delete);
        deletions.putBack(deletion, entries.stamp());
        tables.withInstead(name.entry()).forEach(occurrences::make);
        remember(owner, deletion, left.orElse(null));
        agendaPublisher.tell(Set.of(owner));
    }

    private void remember(Subject owner, DeletionTables.Deletion deletion, @Nullable AgendaEntry left) {
        AgendaEntry.Named name = deletion.name();
        AgendaEntry again = entries.kept(owner, name.entry());
        switch (deletion.scope()) {
            case ENTRY -> agendaAudit.entry(owner, name.entry(), null, again);
            case OCCURRENCE ->
                agendaAudit.occurrence(
                        owner, name.entry(), name.date(), null, weeks.occurrence(owner, name.entry(), name.date()));
            case WEEKS -> agendaAudit.weeks(owner, name.entry(), name.date(), left, again);
        }
    }
}
