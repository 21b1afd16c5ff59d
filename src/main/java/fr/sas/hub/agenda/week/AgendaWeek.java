package fr.sas.hub.agenda.week;

import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.slot.PracticeLocation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A week of an agenda as its owner sees it.
 *
 * @param places where the owner works, and where something takes place that week besides
 * @param occurrences by start; those that began the day before and last into the week are among them
 * @param absences of each place, in force or to come
 * @param now when it was looked at
 */
public record AgendaWeek(
        LocalDate monday, List<PracticeLocation> places, List<Typed> occurrences, List<Away> absences, Instant now) {

    /** What an absence leaves of an occurrence. */
    public enum Left {
        ALL,
        SOME,
        NOTHING
    }

    /** @param place as it is today */
    public record Typed(OccurrenceView shown, PracticeLocation place, Left left) {}

    public record Away(PracticeLocation place, Absence absence) {}

    public AgendaWeek {
        places = List.copyOf(places);
        occurrences = List.copyOf(occurrences);
        absences = List.copyOf(absences);
    }
}
