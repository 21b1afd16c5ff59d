package fr.sas.hub.agenda;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryDraft;
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
 * The front door of the room: what practitioners and health centres entered by hand. What is saved can be found at
 * once: the index is updated in the same transaction, and writers of one agenda wait for each other.
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
     * @param from first day in the place's local time; null leaves out what is over
     * @param to last day; null for no limit
     */
    @Transactional(readOnly = true)
    List<AgendaEntry> list(Subject owner, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidInput(
                    "to", "must not be before from", "La date de fin ne peut pas être avant la date de début.");
        }
        entries.mustExist(owner);
        return tables.list(owner, from, to, from == null ? clock.instant() : null);
    }

    @Transactional(readOnly = true)
    AgendaEntry entry(Subject owner, UUID id) {
        return entries.requireEntry(owner, id);
    }

    @Transactional
    AgendaEntry create(Subject owner, EntryDocument document) {
        return create(owner, document, new SentForm(null));
    }

    /** A form that is sent again leads to the entry it created before, however that looks by now. */
    @Transactional
    AgendaEntry create(Subject owner, EntryDocument document, SentForm form) {
        AgendaOwner known = entries.lockTyping(owner);
        UUID id = form.makes(UuidCreator.getTimeOrderedEpoch(clock.instant()), owner, document);
        return tables.find(owner, id).orElseGet(() -> begin(known, id, owner, document));
    }

    /** What is wrong with a new entry, without creating it; empty if nothing is. */
    @Transactional(readOnly = true)
    List<InvalidInput.Fault> faultsOf(Subject owner, EntryDocument document) {
        try {
            AgendaOwner known = entries.typing(owner);
            EntryReading.read(known.placed(document), known.places(), clock.instant());
            return List.of();
        } catch (InvalidInput wrong) {
            return wrong.faults();
        }
    }

    private AgendaEntry begin(AgendaOwner known, UUID id, Subject owner, EntryDocument document) {
        EntryDraft typed = EntryReading.read(known.placed(document), known.places(), clock.instant());
        AgendaEntry entry = entries.begin(id, owner, typed, entries.stamp(), null);
        agendaAudit.entry(owner, entry.id(), null, entry);
        agendaPublisher.publish(Set.of(owner));
        return entry;
    }

    /**
     * Changes an entry; of a weekly one, only the weeks to come: those that are over become a separate entry. An entry
     * sent unchanged stays unchanged.
     *
     * @param expected the version that the caller has read; null to overwrite any
     */
    @Transactional
    AgendaEntry change(Subject owner, UUID id, EntryDocument document, @Nullable Long expected) {
        AgendaOwner known = entries.typing(owner);
        AgendaEntry before = entries.locked(owner, id, expected);
        EntryDraft typed = EntryReading.change(before.typed(), known.placed(document), known.places(), clock.instant());
        if (!typed.equals(before.typed())) {
            entries.notOver(before);
            typed = fromNowOn(known, before, typed, document);
        }
        AgendaEntry after = entries.replace(before, typed, entries.stamp());
        agendaAudit.entry(owner, id, before, after);
        agendaPublisher.publish(Set.of(owner));
        return after;
    }

    private EntryDraft fromNowOn(AgendaOwner known, AgendaEntry before, EntryDraft typed, EntryDocument document) {
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

    /** Weeks that are over remain. Possible even if the directory no longer knows the owner. */
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
        agendaPublisher.publish(Set.of(owner));
    }
}
