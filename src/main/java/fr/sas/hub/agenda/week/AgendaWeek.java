package fr.sas.hub.agenda.week;

import fr.sas.hub.agenda.VisiblePart;
import fr.sas.hub.agenda.entry.Occurrence;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.slot.PracticeLocation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A week of an agenda as its owner sees it.
 *
 * @param places where the owner works, and any others where something takes place that week
 * @param occurrences by start, including those that begin the day before and last into the week
 * @param absences at each place, in force or to come
 * @param now the instant for which it was read
 */
public record AgendaWeek(
        LocalDate monday,
        List<PracticeLocation> places,
        List<WeekOccurrence> occurrences,
        List<PlaceAbsence> absences,
        Instant now) {

    /** How much of an occurrence absences leave. */
    public enum VisibleShare {
        ALL,
        SOME,
        NOTHING
    }

    /**
     * @param place as it is today
     * @param visible what absences leave of it, by start; empty if they hide it all
     */
    public record WeekOccurrence(OccurrenceView shown, PracticeLocation place, List<VisiblePart.Span> visible) {

        public WeekOccurrence {
            visible = List.copyOf(visible);
        }

        public VisibleShare visibleShare() {
            Occurrence all = shown.occurrence();
            if (visible.isEmpty()) {
                return VisibleShare.NOTHING;
            }
            return visible.equals(List.of(new VisiblePart.Span(all.start(), all.end())))
                    ? VisibleShare.ALL
                    : VisibleShare.SOME;
        }

        /** What can still be seen from this instant on. */
        public List<VisiblePart.Span> visibleFrom(Instant now) {
            return visible.stream().filter(span -> span.end().isAfter(now)).toList();
        }
    }

    public record PlaceAbsence(PracticeLocation place, Absence absence) {}

    public AgendaWeek {
        places = List.copyOf(places);
        occurrences = List.copyOf(occurrences);
        absences = List.copyOf(absences);
    }
}
