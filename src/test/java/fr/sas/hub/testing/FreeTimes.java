package fr.sas.hub.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a fake vendor's people are free: a grid from 8 to 19 o'clock of which a share, drawn by seed, person and place, is
 * free. The same question at another moment finds the same slots, except those that were taken or added meanwhile.
 */
final class FreeTimes {

    static final Duration LENGTH = Duration.ofMinutes(20);
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(19, 0);

    private final long seed;
    private final int percentFree;
    private final Map<String, Set<Instant>> taken = new ConcurrentHashMap<>();
    private final Map<String, Set<Instant>> added = new ConcurrentHashMap<>();

    FreeTimes(long seed, int percentFree) {
        this.seed = seed;
        this.percentFree = percentFree;
    }

    /** @param place number of the person's place: what was added belongs to the first */
    List<Instant> of(String person, int place, ZoneId zone, Instant from, Instant to) {
        List<Instant> starts = new ArrayList<>();
        LocalDate last = LocalDate.ofInstant(to, zone);
        for (LocalDate day = LocalDate.ofInstant(from, zone); !day.isAfter(last); day = day.plusDays(1)) {
            for (LocalTime time = OPENS; time.isBefore(CLOSES); time = time.plus(LENGTH)) {
                Instant start = day.atTime(time).atZone(zone).toInstant();
                if (draw(person, place, start, 100) < percentFree
                        && !taken.getOrDefault(person, Set.of()).contains(start)) {
                    starts.add(start);
                }
            }
        }
        if (place == 0) {
            starts.addAll(added.getOrDefault(person, Set.of()));
        }
        return starts.stream()
                .filter(start -> !start.isBefore(from) && !start.isAfter(to))
                .sorted()
                .distinct()
                .toList();
    }

    /** A number from 0 to {@code sides - 1} that is always the same for the same person, place and start. */
    int draw(String person, int place, Instant start, int sides) {
        long mixed = seed * 0x9E3779B97F4A7C15L + person.hashCode() * 31L + place * 1_000_003L + start.getEpochSecond();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), sides);
    }

    void take(String person, Instant start) {
        added.getOrDefault(person, ConcurrentHashMap.newKeySet()).remove(start);
        taken.computeIfAbsent(person, p -> ConcurrentHashMap.newKeySet()).add(start);
    }

    void add(String person, Instant start) {
        taken.getOrDefault(person, ConcurrentHashMap.newKeySet()).remove(start);
        added.computeIfAbsent(person, p -> ConcurrentHashMap.newKeySet()).add(start);
    }
}
