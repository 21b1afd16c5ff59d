package fr.sas.hub.agenda.entry;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * A night on which the clocks of a place go forward, skipping the time between two hours, or back, repeating it.
 *
 * @param from the earlier of the two hours, as the clocks show it
 * @param to the later one
 */
public record ClockChange(LocalTime from, LocalTime to, boolean goesForward) {

    /** The change that skips or repeats this time; empty for nearly every time. */
    static Optional<ClockChange> at(LocalDateTime time, ZoneId zone) {
        return Optional.ofNullable(zone.getRules().getTransition(time)).map(ClockChange::of);
    }

    private static ClockChange of(ZoneOffsetTransition change) {
        LocalTime before = change.getDateTimeBefore().toLocalTime();
        LocalTime after = change.getDateTimeAfter().toLocalTime();
        return change.isGap() ? new ClockChange(before, after, true) : new ClockChange(after, before, false);
    }

    boolean skips(LocalTime time) {
        return goesForward && !time.isBefore(from) && time.isBefore(to);
    }
}
