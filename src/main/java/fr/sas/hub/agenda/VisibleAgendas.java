package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryTables;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.AbsencesInForce;
import fr.sas.hub.agenda.place.CentreNotices;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Occurrences of agendas, past ones too, without the times at which nobody is, or was, available. */
@Component
public class VisibleAgendas {

    private final EntryTables entries;
    private final AbsencesInForce absencesInForce;
    private final CentreNotices centres;

    VisibleAgendas(EntryTables entries, AbsencesInForce absencesInForce, CentreNotices centres) {
        this.entries = entries;
        this.absencesInForce = absencesInForce;
        this.centres = centres;
    }

    /**
     * What begins between these days, inclusive, in the places' local time; sorted by start. Contains every subject.
     */
    public Map<Subject, List<VisiblePart>> of(Collection<? extends Subject> subjects, LocalDate from, LocalDate to) {
        Map<Subject, List<VisiblePart>> visible = new HashMap<>();
        subjects.forEach(subject -> visible.put(subject, new ArrayList<>()));
        List<AgendaEntry> all = entries.takingPlace(subjects, from, to);
        Map<UUID, Set<LocalDate>> exceptions =
                entries.exceptions(all.stream().map(AgendaEntry::id).toList(), from, to);
        Map<Subject, List<PlaceNotice>> inForce = centres.around(subjects, absencesInForce::of);
        for (AgendaEntry entry : all) {
            List<Absence> absences = Stream.concat(
                            beforeItWasTyped(entry),
                            inForce.getOrDefault(entry.subject(), List.of()).stream()
                                    .filter(notice ->
                                            notice.isAbout(entry.typed().place()))
                                    .flatMap(notice -> notice.absences().stream()))
                    .toList();
            Set<LocalDate> except = exceptions.getOrDefault(entry.id(), Set.of());
            for (LocalDate day : entry.typed().days(from, to)) {
                if (!except.contains(day)) {
                    visible.getOrDefault(entry.subject(), new ArrayList<>()).addAll(parts(entry, day, absences));
                }
            }
        }
        visible.values()
                .forEach(parts -> parts.sort(Comparator.comparing(VisiblePart::start)
                        .thenComparing(VisiblePart::end)
                        .thenComparing(part -> part.name().entry())));
        return visible;
    }

    /** An entry was not visible before it was entered; one that replaces an occurrence continues its visibility. */
    private static Stream<Absence> beforeItWasTyped(AgendaEntry entry) {
        return entry.standsFor() == null
                ? Stream.of(new Absence(Instant.EPOCH, entry.created().at()))
                : Stream.empty();
    }

    private static List<VisiblePart> parts(AgendaEntry entry, LocalDate day, List<Absence> absences) {
        AgendaEntry.OccurrenceName standsFor = entry.standsFor();
        AgendaEntry.OccurrenceName name =
                standsFor == null ? new AgendaEntry.OccurrenceName(entry.id(), day) : standsFor;
        List<VisiblePart.Span> left =
                VisiblePart.visibleSpans(entry.typed().patients(), entry.typed().occurrence(day), absences);
        List<VisiblePart> parts = new ArrayList<>(left.size());
        for (VisiblePart.Span span : left) {
            parts.add(new VisiblePart(name, parts.size(), entry, span.start(), span.end()));
        }
        return parts;
    }
}
