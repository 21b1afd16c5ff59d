package fr.sas.hub.agenda.hours;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * How long the owner of an agenda was visible in an ISO 8601 week.
 *
 * @param monday the first day of the week
 * @param visible for a health centre the sum over its doctors
 * @param doctors number of those who owe two hours: one, or the participating ones of a centre (docs/decisions/0038)
 */
public record WeekOfHours(LocalDate monday, Duration visible, int doctors) {

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    /** @param zone of the place, in which the week ends at midnight between Sunday and Monday */
    public record ZonedSpan(Instant start, Instant end, ZoneId zone) {
        private List<InAWeek> byWeek() {
            List<InAWeek> parts = new ArrayList<>(1);
            for (Instant from = start; from.isBefore(end); from = parts.getLast().end) {
                LocalDate monday = mondayOf(LocalDate.ofInstant(from, zone));
                Instant nextWeek = monday.plusWeeks(1).atStartOfDay(zone).toInstant();
                parts.add(new InAWeek(monday, from, nextWeek.isBefore(end) ? nextWeek : end));
            }
            return parts;
        }
    }

    private record InAWeek(LocalDate monday, Instant start, Instant end) {}

    /** Such as {@code 2026-W24}. */
    public String week() {
        return String.format(
                Locale.ROOT,
                "%04d-W%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    public boolean isTwoHours() {
        return visible.compareTo(TWO_HOURS.multipliedBy(doctors)) >= 0;
    }

    static LocalDate mondayOf(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /**
     * Whole weeks, from that of {@code from} to that of {@code to}, including those without hours. What overlaps counts
     * at most as many times as there are doctors, because no one can be in two places at once; if the places are in
     * different zones, it counts in the week of the place where it began first.
     *
     * @param doctors number of doctors in the week that begins on this Monday; at least one
     */
    public static List<WeekOfHours> of(
            Collection<ZonedSpan> hours, LocalDate from, LocalDate to, ToIntFunction<LocalDate> doctors) {
        SortedMap<LocalDate, Duration> weeks = new TreeMap<>();
        for (LocalDate monday = mondayOf(from); !monday.isAfter(to); monday = monday.plusWeeks(1)) {
            weeks.put(monday, Duration.ZERO);
        }
        PriorityQueue<Instant> busyUntil = new PriorityQueue<>();
        List<InAWeek> parts = hours.stream()
                .flatMap(at -> at.byWeek().stream())
                .sorted(Comparator.comparing(InAWeek::start))
                .toList();
        for (InAWeek part : parts) {
            int most = doctors.applyAsInt(part.monday);
            while (busyUntil.size() > most) {
                busyUntil.remove();
            }
            Instant free = busyUntil.size() < most ? Instant.MIN : busyUntil.remove();
            Instant start = later(part.start, free);
            if (start.isBefore(part.end)) {
                Duration more = Duration.between(start, part.end);
                weeks.computeIfPresent(part.monday, (week, sum) -> sum.plus(more));
            }
            busyUntil.add(later(part.end, free));
        }
        return weeks.entrySet().stream()
                .map(week -> new WeekOfHours(week.getKey(), week.getValue(), doctors.applyAsInt(week.getKey())))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
