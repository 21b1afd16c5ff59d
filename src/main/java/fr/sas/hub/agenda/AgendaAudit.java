package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Draft;
import fr.sas.hub.agenda.entry.EntryDocument;
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

/** Tells the history what became of an agenda, in the words of its addresses; null is what was not, or is no more. */
@Component
public class AgendaAudit {

    private final History history;

    AgendaAudit(History history) {
        this.history = history;
    }

    void entry(Subject subject, UUID id, @Nullable AgendaEntry before, @Nullable AgendaEntry after) {
        agenda(subject, "entries/" + id, document(before), document(after));
    }

    /** @param name of the occurrence, by its entry and its date there */
    void occurrence(
            Subject subject, UUID id, LocalDate name, @Nullable OccurrenceView before, @Nullable OccurrenceView after) {
        agenda(
                subject,
                "entries/" + id + "/occurrences/" + name,
                before == null ? null : OccurrenceDocument.of(before),
                after == null ? null : OccurrenceDocument.of(after));
    }

    /**
     * What takes place from the date on, with the first day of that.
     *
     * @param after the entry in force from the date on; null when there is none
     */
    void weeks(Subject subject, UUID id, LocalDate from, @Nullable AgendaEntry before, @Nullable AgendaEntry after) {
        agenda(subject, "entries/" + id + "/from/" + from, document(before, from), document(after, from));
    }

    void unavailability(PlaceTables.Kept before, PlaceTables.Kept after) {
        history.keep(
                before.where().subject(),
                History.Kind.UNAVAILABILITY,
                "agenda/places/" + before.where().place() + "/unavailability",
                before.unavailability().version() == 0
                        ? null
                        : UnavailabilityDocument.of(
                                before.unavailability(), before.where().zone()),
                UnavailabilityDocument.of(after.unavailability(), after.where().zone()));
    }

    void information(PlaceTables.Kept before, PlaceTables.Kept after) {
        history.keep(
                before.where().subject(),
                History.Kind.INFORMATION,
                "agenda/places/" + before.where().place() + "/information",
                before.information().version() == 0 ? null : InformationDocument.of(before.information()),
                InformationDocument.of(after.information()));
    }

    /** Since when there is a secret address; the secret and its hash are nobody's business. */
    public void feed(Subject subject, Optional<Instant> before, Optional<Instant> after) {
        history.keep(subject, History.Kind.FEED, "agenda/feed", madeAt(before), madeAt(after));
    }

    private void agenda(Subject subject, String about, @Nullable Object before, @Nullable Object after) {
        history.keep(subject, History.Kind.AGENDA, "agenda/" + about, before, after);
    }

    private static @Nullable EntryDocument document(@Nullable AgendaEntry entry) {
        return entry == null ? null : EntryDocument.of(entry);
    }

    private static @Nullable EntryDocument document(@Nullable AgendaEntry entry, LocalDate from) {
        if (entry == null) {
            return null;
        }
        Draft told = entry.typed().from(from).orElse(null);
        return told == null ? null : EntryDocument.of(entry.as(told));
    }

    private static @Nullable Map<String, Instant> madeAt(Optional<Instant> instant) {
        return instant.map(made -> Map.of("madeAt", made)).orElse(null);
    }
}
