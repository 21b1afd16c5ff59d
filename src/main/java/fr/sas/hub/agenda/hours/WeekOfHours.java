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
 * How long somebody was visible in an ISO 8601 week.
 *
 * @param monday the first day of the week
 * @param visible of a health centre the sum over its doctors
 * @param doctors who owe two hours each: one, or those of a health centre who participate (docs/decisions/0038)
 */
public record WeekOfHours(LocalDate monday, Duration visible, int doctors) {

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    /** @param zone of the place: its midnight between Sunday and Monday ends the week */
    public record At(Instant start, Instant end, ZoneId zone) {
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

    /** As {@code 2026-W24}. */
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
     * Whole weeks, from the one of {@code from} to the one of {@code to}, those of no hours too. What overlaps counts as
     * often as there are doctors, who cannot be seen twice at a time; at places of different zones, in the week of the place
     * where it began first.
     *
     * @param doctors of the week that begins on a Monday; at least one
     */
    public static List<WeekOfHours> of(
            Collection<At> hours, LocalDate from, LocalDate to, ToIntFunction<LocalDate> doctors) {
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
