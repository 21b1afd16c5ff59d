package fr.sas.hub.index.news;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions had ended at some moment: PostgreSQL's {@code pg_snapshot}. Unlike a number from a sequence, it says exactly
 * which news a reader has seen, however long some transactions take.
 *
 * @param xmax transactions from this one on had not ended
 * @param running earlier ones that had not ended either
 */
record NewsSnapshot(long xmax, Set<Long> running) {

    NewsSnapshot {
        running = Set.copyOf(running);
    }

    /** @param text as PostgreSQL writes it: {@code xmin:xmax:running,…} */
    static NewsSnapshot parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a snapshot: " + text);
        }
        return new NewsSnapshot(
                Long.parseLong(parts[1]),
                Arrays.stream(parts[2].split(","))
                        .filter(one -> !one.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()));
    }

    /** Whether every transaction that had ended in the other snapshot had also ended in this one. */
    boolean includes(NewsSnapshot other) {
        return other.xmax <= xmax && running.stream().allMatch(one -> one >= other.xmax || other.running.contains(one));
    }

    /** The running transactions, as a PostgreSQL array. */
    String runningAsArray() {
        return running.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public String toString() {
        long xmin = running.stream().mapToLong(Long::longValue).min().orElse(xmax);
        return xmin + ":" + xmax + ":"
                + running.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }
}
