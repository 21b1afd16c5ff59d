package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.Occurrence;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.slot.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of an occurrence during which someone is available.
 *
 * @param name of the occurrence
 * @param part number of the part within the occurrence, from 0
 * @param entry that describes it: the weekly entry, or the one that replaces this occurrence
 */
public record VisiblePart(AgendaEntry.OccurrenceName name, int part, AgendaEntry entry, Instant start, Instant end) {

    /** From {@code start}, inclusive, to {@code end}, exclusive; never empty. */
    public record Span(Instant start, Instant end) {}

    /**
     * What absences leave of an occurrence, as search shows it: a range is cut where it overlaps one, a slot for one
     * patient is left out (docs/decisions/0010).
     *
     * @param patients how many can be sent
     */
    public static List<Span> visibleSpans(int patients, Occurrence occurrence, List<Absence> absences) {
        boolean range = Slot.isRange(patients > 1, false, occurrence.start(), occurrence.end());
        List<Span> left = List.of(new Span(occurrence.start(), occurrence.end()));
        for (Absence absence : absences) {
            List<Span> rest = new ArrayList<>(left.size() + 1);
            for (Span span : left) {
                Instant until = absence.until();
                if (!absence.from().isBefore(span.end) || until != null && !until.isAfter(span.start)) {
                    rest.add(span);
                } else if (range) {
                    if (span.start.isBefore(absence.from())) {
                        rest.add(new Span(span.start, absence.from()));
                    }
                    if (until != null && until.isBefore(span.end)) {
                        rest.add(new Span(until, span.end));
                    }
                }
            }
            left = rest;
        }
        return left;
    }
}
