package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.OccurrenceDocument;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.place.InformationDocument;
import fr.sas.hub.agenda.place.PlaceTables;
import fr.sas.hub.agenda.place.UnavailabilityDocument;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records changes of an agenda in the history, with the same names and documents as in the API. A state of null means
 * that there was nothing before, or that there is nothing now.
 */
@Component
public class AgendaAudit {

    private final History history;

    AgendaAudit(History history) {
        this.history = history;
    }

    void entry(Subject subject, UUID id, @Nullable AgendaEntry before, @Nullable AgendaEntry after) {
        agenda(subject, "entries/" + id, document(before), document(after));
    }

    /** @param name of the occurrence: its date in the entry */
    void occurrence(
            Subject subject, UUID id, LocalDate name, @Nullable OccurrenceView before, @Nullable OccurrenceView after) {
        agenda(
                subject,
                "entries/" + id + "/occurrences/" + name,
                before == null ? null : OccurrenceDocument.of(before),
                after == null ? null : OccurrenceDocument.of(after));
    }

    /**
     * Records what takes place from the date on, beginning with the first such day.
     *
     * @param after the entry in force from the date on; null if there is none
     */
    void weeks(Subject subject, UUID id, LocalDate from, @Nullable AgendaEntry before, @Nullable AgendaEntry after) {
        agenda(subject, "entries/" + id + "/from/" + from, document(before, from), document(after, from));
    }

    /** Records that the deletion of an entry was undone. */
    void entryRestored(Subject subject, UUID id, AgendaEntry restored) {
        restored(subject, "entries/" + id, document(restored));
    }

    void occurrenceRestored(Subject subject, AgendaEntry.OccurrenceName name, OccurrenceView restored) {
        restored(subject, "entries/" + name.entry() + "/occurrences/" + name.date(), OccurrenceDocument.of(restored));
    }

    void weeksRestored(Subject subject, AgendaEntry.OccurrenceName name, AgendaEntry restored) {
        restored(subject, "entries/" + name.entry() + "/from/" + name.date(), document(restored, name.date()));
    }

    void unavailability(PlaceTables.PlaceRow before, PlaceTables.PlaceRow after) {
        history.record(
                before.subjectPlace().subject(),
                History.Kind.UNAVAILABILITY,
                "agenda/places/" + before.subjectPlace().place() + "/unavailability",
                before.unavailability().version() == 0
                        ? null
                        : UnavailabilityDocument.of(
                                before.unavailability(), before.subjectPlace().zone()),
                UnavailabilityDocument.of(
                        after.unavailability(), after.subjectPlace().zone()));
    }

    void information(PlaceTables.PlaceRow before, PlaceTables.PlaceRow after) {
        history.record(
                before.subjectPlace().subject(),
                History.Kind.INFORMATION,
                "agenda/places/" + before.subjectPlace().place() + "/information",
                before.information().version() == 0 ? null : InformationDocument.of(before.information()),
                InformationDocument.of(after.information()));
    }

    /** Records since when there has been a secret address, but neither the secret nor its hash. */
    public void feed(Subject subject, Optional<Instant> before, Optional<Instant> after) {
        history.record(subject, History.Kind.FEED, "agenda/feed", madeAt(before), madeAt(after));
    }

    private void agenda(Subject subject, String about, @Nullable Object before, @Nullable Object after) {
        history.record(subject, History.Kind.AGENDA, "agenda/" + about, before, after);
    }

    private void restored(Subject subject, String about, @Nullable Object restored) {
        history.recordUndone(subject, History.Kind.AGENDA, "agenda/" + about, restored);
    }

    private static @Nullable EntryDocument document(@Nullable AgendaEntry entry) {
        return entry == null ? null : EntryDocument.of(entry);
    }

    private static @Nullable EntryDocument document(@Nullable AgendaEntry entry, LocalDate from) {
        if (entry == null) {
            return null;
        }
        EntryDraft rest = entry.typed().from(from).orElse(null);
        return rest == null ? null : EntryDocument.of(entry.as(rest));
    }

    private static @Nullable Map<String, Instant> madeAt(Optional<Instant> instant) {
        return instant.map(made -> Map.of("madeAt", made)).orElse(null);
    }
}
