package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Draft;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryReading;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: what practitioners and health centres typed by hand. What is saved is what is found: the index is told in the
 * same transaction, and writers of one agenda follow one another.
 */
@Service
public class Agenda {

    private final Entries entries;
    private final EntryTables tables;
    private final AgendaAudit agendaAudit;
    private final AgendaPublisher agendaPublisher;
    private final Clock clock;

    Agenda(Entries entries, EntryTables tables, AgendaAudit agendaAudit, AgendaPublisher agendaPublisher, Clock clock) {
        this.entries = entries;
        this.tables = tables;
        this.agendaAudit = agendaAudit;
        this.agendaPublisher = agendaPublisher;
        this.clock = clock;
    }

    /**
     * Entries by day and hour.
     *
     * @param from first day on the place's clock; null leaves out what is over
     * @param to last day; null for no end
     */
    @Transactional(readOnly = true)
    List<AgendaEntry> list(Subject owner, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInput(
                    "to", "is not before from", "La date de fin ne peut pas être avant la date de début.");
        }
        entries.mustExist(owner);
        return tables.list(owner, from, to, from == null ? clock.instant() : null);
    }

    @Transactional(readOnly = true)
    AgendaEntry entry(Subject owner, UUID id) {
        return entries.kept(owner, id);
    }

    @Transactional
    AgendaEntry create(Subject owner, EntryDocument document) {
        AgendaOwner known = entries.lockTyping(owner);
        Draft typed = EntryReading.read(known.placed(document), known.places(), clock.instant());
        AgendaEntry entry = entries.begin(owner, typed, entries.stamp(), null);
        agendaAudit.entry(owner, entry.id(), null, entry);
        agendaPublisher.tell(Set.of(owner));
        return entry;
    }

    /**
     * Of a weekly entry the weeks to come: those that are over become an entry of their own. One that is sent as it is
     * stays as it is.
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    AgendaEntry change(Subject owner, UUID id, EntryDocument document, @Nullable Long expected) {
        AgendaOwner known = entries.typing(owner);
        AgendaEntry before = entries.locked(owner, id, expected);
        Draft typed = EntryReading.change(before.typed(), known.placed(document), known.places(), clock.instant());
        if (!typed.equals(before.typed())) {
            entries.notOver(before);
            typed = fromNowOn(known, before, typed, document);
        }
        AgendaEntry after = entries.replace(before, typed, entries.stamp());
        agendaAudit.entry(owner, id, before, after);
        agendaPublisher.tell(Set.of(owner));
        return after;
    }

    private Draft fromNowOn(AgendaOwner known, AgendaEntry before, Draft typed, EntryDocument document) {
        LocalDate open = entries.openFrom(before);
        if (before.typed().weekly() == null || !before.typed().takesPlaceBefore(open)) {
            return typed;
        }
        entries.keepPast(before);
        if (typed.weekly() == null || !typed.date().isBefore(open)) {
            return typed;
        }
        EntryDocument toCome = document.on(open.toString(), document.weekly());
        return EntryReading.weeksFrom(before.typed(), known.placed(toCome), known.places(), clock.instant());
    }

    /** Weeks that are over stay. Possible also for somebody whom the directory no longer knows. */
    @Transactional
    void delete(Subject owner, UUID id, @Nullable Long expected) {
        AgendaEntry before = entries.locked(owner, id, expected);
        entries.notOver(before);
        if (before.typed().weekly() != null) {
            tables.deleteInstead(id, entries.openFrom(before));
            entries.keepPast(before);
        }
        tables.delete(before);
        agendaAudit.entry(owner, id, before, null);
        agendaPublisher.tell(Set.of(owner));
    }
}
