package fr.sas.hub.agenda;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A weekly agenda at one place, day by day and minute by minute: slow, and obvious. What somebody asks for is done, or
 * false: it is refused.
 */
final class AgendaModel {

    private static final int FAR = 400;

    /** What takes place on a day. */
    record Hours(LocalDate day, LocalTime start, LocalTime end, int patients) {
        Hours on(LocalDate other) {
            return new Hours(other, start, end, patients);
        }
    }

    /** Every day of an entry on its own; {@code instead} holds changed days, and null for deleted ones. */
    private record Week(
            Set<DayOfWeek> days,
            LocalDate to,
            TreeMap<LocalDate, Hours> usual,
            TreeMap<LocalDate, @Nullable Hours> instead) {

        /** Its date: it takes place. */
        LocalDate from() {
            return usual.firstKey();
        }

        boolean takesPlaceBefore(LocalDate day) {
            return !usual.headMap(day).isEmpty();
        }

        Week before(LocalDate day) {
            LocalDate last = day.isAfter(to) ? to : day.minusDays(1);
            return new Week(days, last, new TreeMap<>(usual.headMap(day)), new TreeMap<>(instead.headMap(day)));
        }

        @Nullable
        Hours shown(LocalDate day) {
            return instead.containsKey(day) ? instead.get(day) : usual.get(day);
        }
    }

    private final Map<String, Week> weeks = new LinkedHashMap<>();
    /** Weeks that were over when their entry changed: nobody knows their names. */
    private final List<Week> past = new ArrayList<>();

    private final Set<LocalDate> away = new HashSet<>();
    private @Nullable Instant awaySince;
    private final ZoneId zone;
    private Instant now;

    AgendaModel(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    void isNow(Instant instant) {
        now = instant;
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    List<String> entries() {
        return List.copyOf(weeks.keySet());
    }

    void type(String entry, LocalDate from, Set<DayOfWeek> days, Hours hours) {
        LocalDate to = from.plusDays(FAR);
        weeks.put(entry, new Week(days, to, onItAndEveryWeek(from, to, days, hours), new TreeMap<>()));
    }

    /** A date that somebody typed takes place whatever its weekday. */
    private static TreeMap<LocalDate, Hours> onItAndEveryWeek(
            LocalDate typed, LocalDate to, Set<DayOfWeek> days, Hours hours) {
        TreeMap<LocalDate, Hours> usual = everyWeek(typed, to, days, hours);
        if (!typed.isAfter(to)) {
            usual.put(typed, hours.on(typed));
        }
        return usual;
    }

    private static TreeMap<LocalDate, Hours> everyWeek(LocalDate from, LocalDate to, Set<DayOfWeek> days, Hours hours) {
        TreeMap<LocalDate, Hours> usual = new TreeMap<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                usual.put(day, hours.on(day));
            }
        }
        return usual;
    }

    boolean deleteOne(String entry, LocalDate day) {
        Week week = week(entry);
        if (isOver(week.shown(day))) {
            return false;
        }
        week.instead.put(day, null);
        return true;
    }

    boolean changeOne(String entry, LocalDate day, Hours hours) {
        Week week = week(entry);
        if (isOver(week.shown(day)) || isOver(hours)) {
            return false;
        }
        week.instead.put(day, hours);
        return true;
    }

    boolean restore(String entry, LocalDate day) {
        Week week = week(entry);
        if (!week.instead.containsKey(day)
                || isOver(week.usual.get(day))
                || week.instead.get(day) != null && isOver(week.instead.get(day))) {
            return false;
        }
        week.instead.remove(day);
        return true;
    }

    /** Also what does not take place. */
    boolean isOver(@Nullable Hours hours) {
        return hours == null || hours.day.isBefore(today()) && !end(hours).isAfter(now);
    }

    /** From when on every week can change: yesterday, while it lasts, else today. */
    private LocalDate openFrom(Week week) {
        Hours yesterday = week.usual.get(today().minusDays(1));
        return yesterday != null && end(yesterday).isAfter(now) ? yesterday.day : today();
    }

    /** @param after the name of what follows; null as long as nobody knows whether it is possible */
    boolean changeFrom(String entry, @Nullable String after, LocalDate date, Set<DayOfWeek> days, Hours hours) {
        Week week = week(entry);
        LocalDate from = date.isBefore(week.from()) ? week.from() : date;
        TreeMap<LocalDate, Hours> usual = from.equals(week.from()) && !week.days.contains(from.getDayOfWeek())
                ? onItAndEveryWeek(from, week.to, days, hours)
                : everyWeek(from, week.to, days, hours);
        if (isTooLate(week, date) || usual.isEmpty()) {
            return false;
        }
        if (after != null) {
            TreeMap<LocalDate, @Nullable Hours> later = among(usual, week.instead.tailMap(date, false));
            deleteFrom(entry, date);
            weeks.put(after, new Week(days, week.to, usual, later));
        }
        return true;
    }

    boolean deleteFrom(String entry, LocalDate date) {
        Week week = week(entry);
        if (isTooLate(week, date)) {
            return false;
        }
        weeks.remove(entry);
        if (week.takesPlaceBefore(date)) {
            weeks.put(entry, week.before(date));
        }
        return true;
    }

    private boolean isTooLate(Week week, LocalDate date) {
        return date.isBefore(openFrom(week)) && week.takesPlaceBefore(openFrom(week));
    }

    private static TreeMap<LocalDate, @Nullable Hours> among(
            TreeMap<LocalDate, Hours> usual, Map<LocalDate, @Nullable Hours> instead) {
        TreeMap<LocalDate, @Nullable Hours> kept = new TreeMap<>(instead);
        kept.keySet().retainAll(usual.keySet());
        return kept;
    }

    /** @param date null for the one it has */
    boolean changeAll(String entry, @Nullable LocalDate date, Set<DayOfWeek> days, Hours hours) {
        Week week = week(entry);
        LocalDate open = openFrom(week);
        boolean begun = week.takesPlaceBefore(open);
        LocalDate typed = date == null ? week.from() : date;
        LocalDate from = begun && typed.isBefore(open) ? open : typed;
        TreeMap<LocalDate, Hours> usual = from.equals(typed)
                ? onItAndEveryWeek(from, week.to, days, hours)
                : everyWeek(from, week.to, days, hours);
        if (week.usual.tailMap(open).isEmpty() || usual.isEmpty()) {
            return false;
        }
        if (begun) {
            past.add(week.before(open));
        }
        weeks.put(
                entry, new Week(days, week.to, usual, among(usual, begun ? week.instead.tailMap(open) : week.instead)));
        return true;
    }

    boolean deleteAll(String entry) {
        Week week = week(entry);
        LocalDate open = openFrom(week);
        if (week.usual.tailMap(open).isEmpty()) {
            return false;
        }
        weeks.remove(entry);
        Week over = week.before(open);
        over.instead.replaceAll((day, hours) -> hours == null || !hours.day.isBefore(open) ? null : hours);
        past.add(over);
        return true;
    }

    void away(LocalDate from, LocalDate to) {
        back();
        from.datesUntil(to.plusDays(1)).forEach(away::add);
    }

    void awayFromNow() {
        Instant since = awaySince == null ? now : awaySince;
        back();
        awaySince = since;
    }

    void back() {
        away.clear();
        awaySince = null;
    }

    private Week week(String entry) {
        return Objects.requireNonNull(weeks.get(entry));
    }

    private Stream<Hours> all(LocalDate from, LocalDate to) {
        return Stream.concat(weeks.values().stream(), past.stream())
                .flatMap(week -> {
                    TreeMap<LocalDate, @Nullable Hours> all = new TreeMap<>(week.usual);
                    all.putAll(week.instead);
                    return all.values().stream();
                })
                .filter(hours -> hours != null && !hours.day.isBefore(from) && !hours.day.isAfter(to));
    }

    /** As {@code day start end}, whether somebody is away or not. */
    List<String> takingPlace(LocalDate from, LocalDate to) {
        return all(from, to)
                .map(hours -> hours.day + " " + hours.start + " " + hours.end)
                .sorted()
                .toList();
    }

    /** As {@code start end}, of what begins by then and is not over. */
    List<String> found(Instant to) {
        List<String> found = new ArrayList<>();
        if (!isAway(now)) {
            all(today().minusDays(2), LocalDate.ofInstant(to, zone).plusDays(2))
                    .forEach(hours -> add(hours, to, found));
        }
        return found.stream().sorted().toList();
    }

    private void add(Hours hours, Instant to, List<String> found) {
        Instant start = instant(hours.day.atTime(hours.start));
        Instant end = end(hours);
        boolean range = hours.patients > 1 || Duration.between(start, end).compareTo(Duration.ofHours(1)) > 0;
        List<Instant[]> pieces = new ArrayList<>();
        boolean present = false;
        for (Instant minute = start; minute.isBefore(end); minute = minute.plusSeconds(60)) {
            if (isAway(minute)) {
                if (!range) {
                    return;
                }
                present = false;
            } else if (present) {
                pieces.getLast()[1] = minute.plusSeconds(60);
            } else {
                pieces.add(new Instant[] {minute, minute.plusSeconds(60)});
                present = true;
            }
        }
        for (Instant[] piece : pieces) {
            if (!piece[0].isBefore(now) && !piece[0].isAfter(to) && piece[1].isAfter(now)) {
                found.add(piece[0] + " " + piece[1]);
            }
        }
    }

    private boolean isAway(Instant instant) {
        return away.contains(LocalDate.ofInstant(instant, zone)) || awaySince != null && !instant.isBefore(awaySince);
    }

    private Instant end(Hours hours) {
        Instant start = instant(hours.day.atTime(hours.start));
        LocalDateTime last = hours.day.atTime(hours.end);
        Instant end = instant(hours.end.isAfter(hours.start) ? last : last.plusDays(1));
        return end.isAfter(start) ? end : end.plus(Duration.ofHours(1));
    }

    /** The first instant at which the clock of the place shows this; an hour later when it never does. */
    private Instant instant(LocalDateTime local) {
        Instant minute = local.minusHours(14).toInstant(ZoneOffset.UTC);
        for (int i = 0; i < 28 * 60; i++) {
            if (LocalDateTime.ofInstant(minute, zone).equals(local)) {
                return minute;
            }
            minute = minute.plusSeconds(60);
        }
        return instant(local.plusHours(1));
    }
}
