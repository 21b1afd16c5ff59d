package fr.sas.hub.agenda.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/**
 * An entry on one local date: the place's local times become instants (docs/decisions/0004).
 *
 * <ul>
 *   <li>An end that is not after the start is on the next day.
 *   <li>A time that does not exist, because the clocks go forward, is refused in a single entry (EntryReading). In a weekly
 *       entry it moves forward by the gap, as in {@code java.time}: 02:30 becomes 03:30. If only the start is in the gap and nothing
 *       would be left, the end moves with it.
 *   <li>A time that exists twice, because the clocks go back, is the first of the two.
 * </ul>
 *
 * @param date of the start in the place's local time, as it was entered: it identifies the occurrence
 */
public record Occurrence(LocalDate date, Instant start, Instant end) {

    static Occurrence of(LocalDate date, LocalTime start, LocalTime end, ZoneId zone) {
        if (start.equals(end)) {
            throw new IllegalArgumentException("An occurrence must not be empty: " + start);
        }
        LocalDateTime begins = date.atTime(start);
        LocalDateTime ends = (end.isAfter(start) ? date : date.plusDays(1)).atTime(end);
        Instant from = ZonedDateTime.of(begins, zone).toInstant();
        Instant to = ZonedDateTime.of(ends, zone).toInstant();
        if (to.isAfter(from)) {
            return new Occurrence(date, from, to);
        }
        ZoneOffsetTransition gap = zone.getRules().getTransition(begins);
        return new Occurrence(date, from, to.plus(gap.getDuration()));
    }

    public boolean isOverAt(Instant now) {
        return !end.isAfter(now);
    }
}
