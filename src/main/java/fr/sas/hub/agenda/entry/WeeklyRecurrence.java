package fr.sas.hub.agenda.entry;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every week on these days.
 *
 * @param until the last day on which it may take place, because another entry follows; null if there is no end
 */
public record WeeklyRecurrence(
        Set<DayOfWeek> days, @Nullable LocalDate until) {

    public WeeklyRecurrence {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A weekly entry must take place on at least one weekday");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    boolean isOn(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && (until == null || !day.isAfter(until));
    }

    /** The first of its days on or after this one. */
    Optional<LocalDate> firstFrom(LocalDate day) {
        return day.datesUntil(day.plusWeeks(1)).filter(this::isOn).findFirst();
    }

    WeeklyRecurrence until(LocalDate last) {
        return new WeeklyRecurrence(days, until == null || last.isBefore(until) ? last : until);
    }
}
