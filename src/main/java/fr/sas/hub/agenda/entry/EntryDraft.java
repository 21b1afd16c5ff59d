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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was entered, checked: a slot for one patient, or a range for several, in the place's local time.
 *
 * @param place as it was when this was entered; its zone is the zone of the times
 * @param date the day of the start; for a weekly entry the first day on which it takes place, whatever its weekday
 * @param weekly null if it takes place once
 * @param end if not after {@code start}, it is on the next day
 * @param patients how many can be sent
 */
public record EntryDraft(
        PracticeLocation place,
        Kind kind,
        LocalDate date,
        @Nullable WeeklyRecurrence weekly,
        LocalTime start,
        LocalTime end,
        int patients,
        Set<ConsultationMode> modes,
        Set<Audience> audiences) {

    public enum Kind {
        SLOT,
        RANGE
    }

    public EntryDraft {
        modes = Set.copyOf(modes);
        audiences = Set.copyOf(audiences);
    }

    public boolean isOn(LocalDate day) {
        return day.equals(date) || weekly != null && day.isAfter(date) && weekly.isOn(day);
    }

    public boolean endsNextDay() {
        return !end.isAfter(start);
    }

    /** The clock change that repeats the hour at which it begins or ends, of which the first is meant; empty for weekly entries. */
    public Optional<ClockChange> hourThatComesTwice() {
        if (weekly != null) {
            return Optional.empty();
        }
        LocalDate last = endsNextDay() ? date.plusDays(1) : date;
        return Stream.of(date.atTime(start), last.atTime(end))
                .flatMap(time -> ClockChange.at(time, place.zone()).stream())
                .filter(change -> !change.goesForward())
                .findFirst();
    }

    /** The days in this range, inclusive, on which it takes place; the cost grows with the length of the range. */
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

    /** Whether it takes place on any day before this one. */
    public boolean takesPlaceBefore(LocalDate day) {
        return date.isBefore(day);
    }

    /** The earliest occurrence. */
    Occurrence first() {
        return occurrence(date);
    }

    /** A weekly entry as it takes place from this day on; empty if it no longer does. */
    public Optional<EntryDraft> from(LocalDate day) {
        LocalDate earliest = day.isBefore(date) ? date : day;
        return days(earliest, earliest.plusDays(6)).stream().findFirst().map(first -> with(first, weekly));
    }

    /** A weekly entry that ends the day before this one. */
    public EntryDraft endedBefore(LocalDate next) {
        return with(date, Objects.requireNonNull(weekly).until(next.minusDays(1)));
    }

    EntryDraft with(LocalDate firstDate, @Nullable WeeklyRecurrence recurrence) {
        return new EntryDraft(place, kind, firstDate, recurrence, start, end, patients, modes, audiences);
    }
}
