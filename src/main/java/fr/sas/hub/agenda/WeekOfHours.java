package fr.sas.hub.agenda;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long somebody was visible in an ISO 8601 week.
 *
 * @param monday the first day of the week
 */
record WeekOfHours(LocalDate monday, Duration visible) {

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    /** @param zone of the place: its midnight between Sunday and Monday ends the week */
    record At(Instant start, Instant end, ZoneId zone) {}

    /** As {@code 2026-W24}. */
    String week() {
        return String.format(
                Locale.ROOT,
                "%04d-W%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    boolean isTwoHours() {
        return visible.compareTo(TWO_HOURS) >= 0;
    }

    static LocalDate mondayOf(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /**
     * Whole weeks, from the one of {@code from} to the one of {@code to}, those of no hours too. What overlaps counts
     * once; at places of different zones, in the week of the place where it began first.
     */
    static List<WeekOfHours> of(Collection<At> hours, LocalDate from, LocalDate to) {
        SortedMap<LocalDate, Duration> weeks = new TreeMap<>();
        for (LocalDate monday = mondayOf(from); !monday.isAfter(to); monday = monday.plusWeeks(1)) {
            weeks.put(monday, Duration.ZERO);
        }
        Instant counted = Instant.MIN;
        for (At at : hours.stream().sorted(Comparator.comparing(At::start)).toList()) {
            Instant start = later(at.start, counted);
            while (start.isBefore(at.end)) {
                LocalDate monday = mondayOf(LocalDate.ofInstant(start, at.zone));
                Instant nextWeek = monday.plusWeeks(1).atStartOfDay(at.zone).toInstant();
                Instant until = nextWeek.isBefore(at.end) ? nextWeek : at.end;
                Duration more = Duration.between(start, until);
                weeks.computeIfPresent(monday, (week, sum) -> sum.plus(more));
                start = until;
            }
            counted = later(counted, at.end);
        }
        return weeks.entrySet().stream()
                .map(week -> new WeekOfHours(week.getKey(), week.getValue()))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
