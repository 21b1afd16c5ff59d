package fr.sas.hub.subscription;

import fr.sas.hub.changes.Changes;
import fr.sas.hub.changes.Position;
import fr.sas.hub.changes.RecentChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Which of the subscriptions that wait for changes these may concern: one statement for all of them, however many there are. Their
 * positions are written now and then only; how far a node has read beyond them it remembers.
 */
@Component
class QuietSubscriptions {

    private static final int READ_AT_ONCE = 10_000;
    private static final Duration MOVED_ON_EVERY = Duration.ofMinutes(1);

    private final SubscriptionTables tables;
    private final Changes changes;
    private final Clock clock;
    private Map<UUID, ScannedRange> read = Map.of();
    private Instant movedOnAt = Instant.EPOCH;

    QuietSubscriptions(SubscriptionTables tables, Changes changes, Clock clock) {
        this.tables = tables;
        this.changes = changes;
        this.clock = clock;
    }

    /** Nothing up to here concerns a subscription at this position. */
    private record ScannedRange(Position position, long upTo) {}

    /**
     * @param concerned those for which there may be something
     * @param isWhole false when more changes remain to be examined
     */
    record ScanResult(List<SubscriptionRow> concerned, boolean isWhole) {}

    synchronized ScanResult scan(List<SubscriptionRow> waiting) {
        if (waiting.isEmpty()) {
            read = Map.of();
            return new ScanResult(List.of(), true);
        }
        long after = waiting.stream()
                .filter(row -> row.position().isOfAll())
                .mapToLong(this::readUpTo)
                .min()
                .orElse(Long.MAX_VALUE);
        RecentChanges recent = changes.recent(after, READ_AT_ONCE);
        List<SubscriptionRow> concerned = new ArrayList<>();
        List<SubscriptionRow> others = new ArrayList<>();
        waiting.forEach(row -> {
            boolean may = recent.mayConcern(row.position(), readUpTo(row), row.subjects());
            (may ? concerned : others).add(row);
        });
        recordRead(others, recent.upTo());
        if (recent.isWhole()) {
            moveOn(others, recent.last());
        }
        return new ScanResult(concerned, recent.isWhole());
    }

    private long readUpTo(SubscriptionRow row) {
        ScannedRange known = read.get(row.id());
        return known != null && known.position.equals(row.position())
                ? known.upTo
                : row.position().at();
    }

    private void recordRead(List<SubscriptionRow> rows, long upTo) {
        Map<UUID, ScannedRange> now = HashMap.newHashMap(rows.size());
        rows.forEach(row -> now.put(row.id(), new ScannedRange(row.position(), Math.max(upTo, readUpTo(row)))));
        read = now;
    }

    private void moveOn(List<SubscriptionRow> rows, long last) {
        Instant now = clock.instant();
        List<SubscriptionRow> behind =
                rows.stream().filter(row -> row.position().at() < last).toList();
        if (!behind.isEmpty() && !now.isBefore(movedOnAt.plus(MOVED_ON_EVERY))) {
            tables.moveOn(behind, Position.of(last));
            movedOnAt = now;
        }
    }
}
