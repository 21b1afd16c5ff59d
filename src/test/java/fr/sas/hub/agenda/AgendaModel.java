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
import org.jspecify.annotations.Nullable;

/** A weekly agenda at one place, day by day and minute by minute: slow, and obvious. */
final class AgendaModel {

    private static final int FAR = 120;

    /** What takes place on a day. */
    record Hours(LocalDate day, LocalTime start, LocalTime end, int patients) {
        Hours on(LocalDate other) {
            return new Hours(other, start, end, patients);
        }
    }

    /** Every day of an entry on its own; {@code instead} holds changed days, and null for deleted ones. */
    private record Week(
            LocalDate from,
            LocalDate to,
            TreeMap<LocalDate, Hours> usual,
            TreeMap<LocalDate, @Nullable Hours> instead) {}

    private final Map<String, Week> weeks = new LinkedHashMap<>();
    private final Set<LocalDate> away = new HashSet<>();
    private final ZoneId zone;

    AgendaModel(String zone) {
        this.zone = ZoneId.of(zone);
    }

    ZoneId zone() {
        return zone;
    }

    List<String> entries() {
        return List.copyOf(weeks.keySet());
    }

    void type(String entry, LocalDate from, Set<DayOfWeek> days, Hours hours) {
        LocalDate to = from.plusDays(FAR);
        weeks.put(entry, new Week(from, to, everyWeek(from, to, days, hours), new TreeMap<>()));
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

    private boolean takesPlace(Week week, LocalDate day) {
        return week.usual.containsKey(day) && !(week.instead.containsKey(day) && week.instead.get(day) == null);
    }

    boolean deleteOne(String entry, LocalDate day) {
        Week week = week(entry);
        if (!takesPlace(week, day)) {
            return false;
        }
        week.instead.put(day, null);
        return true;
    }

    boolean changeOne(String entry, LocalDate day, Hours hours) {
        Week week = week(entry);
        if (!takesPlace(week, day)) {
            return false;
        }
        week.instead.put(day, hours);
        return true;
    }

    boolean restore(String entry, LocalDate day) {
        Week week = week(entry);
        boolean excepted = week.instead.containsKey(day);
        week.instead.remove(day);
        return excepted;
    }

    void changeFrom(String entry, String after, LocalDate date, Set<DayOfWeek> days, Hours hours) {
        Week week = week(entry);
        LocalDate from = date.isBefore(week.from) ? week.from : date;
        TreeMap<LocalDate, Hours> usual = everyWeek(from, week.to, days, hours);
        TreeMap<LocalDate, @Nullable Hours> later = new TreeMap<>();
        week.instead.tailMap(date, false).forEach((day, instead) -> {
            if (usual.containsKey(day)) {
                later.put(day, instead);
            }
        });
        deleteFrom(entry, date);
        weeks.put(after, new Week(from, week.to, usual, later));
    }

    void deleteFrom(String entry, LocalDate date) {
        Week week = week(entry);
        week.usual.tailMap(date).clear();
        week.instead.tailMap(date).clear();
        weeks.remove(entry);
        if (!week.usual.isEmpty()) {
            weeks.put(entry, new Week(week.from, date.minusDays(1), week.usual, week.instead));
        }
    }

    void away(LocalDate from, LocalDate to) {
        back();
        from.datesUntil(to.plusDays(1)).forEach(away::add);
    }

    void back() {
        away.clear();
    }

    private Week week(String entry) {
        return Objects.requireNonNull(weeks.get(entry));
    }

    /** As {@code start end}, of what begins in the window and is not over. */
    List<String> found(Instant now, Instant to) {
        List<String> found = new ArrayList<>();
        if (isAway(now)) {
            return found;
        }
        for (Week week : weeks.values()) {
            TreeMap<LocalDate, @Nullable Hours> all = new TreeMap<>(week.usual);
            all.putAll(week.instead);
            for (Hours hours : all.values()) {
                if (hours != null) {
                    add(hours, now, to, found);
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private void add(Hours hours, Instant now, Instant to, List<String> found) {
        Instant start = instant(hours.day.atTime(hours.start));
        LocalDateTime last = hours.day.atTime(hours.end);
        Instant end = instant(hours.end.isAfter(hours.start) ? last : last.plusDays(1));
        if (!end.isAfter(start)) {
            end = end.plus(Duration.ofHours(1));
        }
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
        return away.contains(LocalDate.ofInstant(instant, zone));
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
