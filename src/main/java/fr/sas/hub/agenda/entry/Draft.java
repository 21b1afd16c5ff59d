package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed, checked: a slot for one patient, or a range for several, in the place's local time.
 *
 * @param place as it was when it was typed; its zone is the zone of the times
 * @param date the day of the start; of a weekly entry the first day on which it takes place, on whatever weekday
 * @param weekly null for what takes place once
 * @param end not after {@code start} means the next day
 * @param patients how many can be sent
 */
public record Draft(
        PracticeLocation place,
        Kind kind,
        LocalDate date,
        @Nullable Weekly weekly,
        LocalTime start,
        LocalTime end,
        int patients,
        Set<ConsultationMode> modes,
        Set<Audience> audiences) {

    public enum Kind {
        SLOT,
        RANGE
    }

    public Draft {
        modes = Set.copyOf(modes);
        audiences = Set.copyOf(audiences);
    }

    public boolean isOn(LocalDate day) {
        return day.equals(date) || weekly != null && day.isAfter(date) && weekly.isOn(day);
    }

    public boolean endsNextDay() {
        return !end.isAfter(start);
    }

    /** The days of these, both included, on which it takes place; the cost is that of the days asked about. */
    public List<LocalDate> days(LocalDate from, LocalDate to) {
        LocalDate first = from.isAfter(date) ? from : date;
        LocalDate last =
                weekly == null ? date : weekly.until() == null || to.isBefore(weekly.until()) ? to : weekly.until();
        last = last.isAfter(to) ? to : last;
        return last.isBefore(first)
                ? List.of()
                : first.datesUntil(last.plusDays(1)).filter(this::isOn).toList();
    }

    public Occurrence occurrence(LocalDate day) {
        return Occurrence.of(day, start, end, place.zone());
    }

    /** Whether it takes place on some day before this one, however far that is. */
    public boolean takesPlaceBefore(LocalDate day) {
        return date.isBefore(day);
    }

    /** The earliest. */
    Occurrence first() {
        return occurrence(date);
    }

    /** A weekly entry as it takes place from this day on; empty when it does not any more. */
    public Optional<Draft> from(LocalDate day) {
        LocalDate earliest = day.isBefore(date) ? date : day;
        return days(earliest, earliest.plusDays(6)).stream().findFirst().map(first -> with(first, weekly));
    }

    /** A weekly entry up to the day before this one. */
    public Draft endedBefore(LocalDate next) {
        return with(date, Objects.requireNonNull(weekly).until(next.minusDays(1)));
    }

    Draft with(LocalDate firstDate, @Nullable Weekly recurrence) {
        return new Draft(place, kind, firstDate, recurrence, start, end, patients, modes, audiences);
    }
}
