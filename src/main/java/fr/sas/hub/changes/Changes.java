package fr.sas.hub.changes;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.index.news.MemoryTrust;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What changed in the answers of searches, in order: a front door of the room. Changes are written from the first request
 * for them until {@code hub.changes.kept} after the last one (docs/decisions/0075).
 */
@Service
public class Changes {

    /** How far the nodes' clocks may differ, including the time until a node has heard of a change. */
    private static final Duration NODES_DIFFER_BY = Duration.ofSeconds(30);

    /** How often a writer reports that it is alive, even with nothing to do. */
    private static final Duration WRITES_EVERY = Duration.ofSeconds(2);

    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(50);

    private static final int READ_AT_ONCE = 200;

    private final ChangesTables tables;
    private final ChangesDemand demand;
    private final MemoryTrust memory;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate leap;
    private final ChangesSettings settings;
    private final Clock clock;

    Changes(
            ChangesTables tables,
            ChangesDemand demand,
            MemoryTrust memory,
            PlatformTransactionManager transactions,
            ChangesSettings settings,
            Clock clock) {
        this.tables = tables;
        this.demand = demand;
        this.memory = memory;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.snapshot.setReadOnly(true);
        this.leap = new TransactionTemplate(transactions);
        this.leap.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * For a consumer that then reads everything, from any node: whatever it does not find there follows this position, and so
     * does the removal of what it finds. Removals cannot be detected for subjects that no writer has scanned: this waits until
     * all have been scanned.
     *
     * @throws FhirRefusal 503 when that takes too long
     */
    public Position start() {
        demand.ask();
        long asked = System.nanoTime();
        while (!isWritten()) {
            if (System.nanoTime() - asked >= settings.beginsWithin().toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new FhirRefusal(
                        503,
                        "transient",
                        "The hub is still scanning everything that is shown, to detect what changes from then on; ask"
                                + " again, or start with Slot/$changes?since=0");
            }
            BackgroundThread.pause(LOOKS_AGAIN_AFTER);
        }
        return startAsWritten();
    }

    /** Like {@link #start}, but not a request for changes: empty while nobody follows them, or not everything is written. */
    public Optional<Position> startIfFollowed() {
        return demand.isWanted() && isWritten() ? Optional.of(startAsWritten()) : Optional.empty();
    }

    /** Whether a writer is active and has scanned every subject. */
    private boolean isWritten() {
        return tables.isWritten(settings.lease().plus(WRITES_EVERY));
    }

    /** Not a request for changes. */
    Position startAsWritten() {
        Instant told = clock.instant().minus(memory.mostAge()).minus(NODES_DIFFER_BY);
        return Position.of(Math.max(tables.positionAt(told), tables.head().completeFrom()));
    }

    /** The position of the last change so far. */
    public long last() {
        return tables.head().position();
    }

    /**
     * The subjects that changed after a position: one statement, and so one moment, for many consumers.
     *
     * @param atMost maximum number of subjects
     */
    public RecentChanges recent(long after, int atMost) {
        demand.ask();
        return tables.recent(after, atMost);
    }

    /**
     * @param only national ids of the subjects to report; null for all
     * @param atMost maximum number of entries, unless a single subject has more
     */
    public ChangesSince after(Position since, @Nullable Collection<String> only, int atMost) {
        demand.ask();
        return afterAsWritten(since, only, atMost);
    }

    /** Like {@link #after}, but not a request for changes. */
    ChangesSince afterAsWritten(Position since, @Nullable Collection<String> only, int atMost) {
        return after(since, only, new PageBeingFilled(since, since.told(), false, atMost));
    }

    /**
     * The subjects that changed, with everything that is shown about them, even if that is nothing. Does not count as a
     * request for changes.
     *
     * @param atMost maximum number of entries, unless a single subject has more
     */
    ChangesSince wholeAfterAsWritten(Position since, int atMost) {
        return after(since, null, new PageBeingFilled(since, 0, true, atMost));
    }

    private ChangesSince after(Position since, @Nullable Collection<String> only, PageBeingFilled empty) {
        // one snapshot: a subject that meanwhile moved beyond the last position would otherwise be on no page
        ChangesSince page = snapshot.execute(status -> read(since, only, empty));
        while (page == null) {
            leap.executeWithoutResult(status -> tables.skipAheadIfOfAnotherRun());
            page = snapshot.execute(status -> read(since, only, empty));
        }
        // read afterwards: removals may have been dropped in the meantime
        boolean isKnown = since.isNothing() || since.removed() >= tables.head().completeFrom();
        return isKnown ? page : new ChangesSince.Unknown();
    }

    /**
     * @return null in a run of the server whose leap is not recorded yet: consumers that set out now could not be told from those that did so before it
     */
    private @Nullable ChangesSince read(Position since, @Nullable Collection<String> only, PageBeingFilled page) {
        ChangesTables.Head head = tables.head();
        if (!head.isOfThisRun()) {
            return null;
        }
        long last = head.position();
        if (Math.max(since.at(), since.setOut()) > last || tables.isLost(since)) {
            return new ChangesSince.Unknown();
        }
        boolean more = true;
        while (more && !page.full) {
            List<ChangesTables.StoredSubject> rows = tables.changedAfter(page.at, last, only, READ_AT_ONCE);
            page.add(rows, clock.instant());
            more = rows.size() == READ_AT_ONCE;
        }
        return new ChangesSince.Page(
                List.copyOf(page.subjects), page.full ? onTheWay(since, page.at, last) : Position.of(last));
    }

    private Position onTheWay(Position since, long at, long last) {
        Position next = since.onTheWay(at, last);
        return tables.isLeapAhead(next) ? next : next.withoutSettingOut();
    }

    private final class PageBeingFilled {

        private final Position since;
        private final long told;
        private final boolean isWhole;
        private final int atMost;
        private final List<ChangedSubject> subjects = new ArrayList<>();
        private int entries;
        private long at;
        private boolean full;

        /**
         * @param told resources that have not changed since are left out
         * @param isWhole whether subjects of which nothing is left to be told are on the page too
         */
        PageBeingFilled(Position since, long told, boolean isWhole, int atMost) {
            this.since = since;
            this.told = told;
            this.isWhole = isWhole;
            this.atMost = atMost;
            this.at = since.at();
        }

        void add(List<ChangesTables.StoredSubject> rows, Instant now) {
            Map<String, List<GoneResource>> gone = since.isNothing() || rows.isEmpty()
                    ? Map.of()
                    : tables.goneAfter(
                            since.removed(),
                            rows.stream()
                                    .map(ChangesTables.StoredSubject::subject)
                                    .toList());
            for (ChangesTables.StoredSubject row : rows) {
                ChangedSubject changed = changed(row, gone.getOrDefault(row.subject(), List.of()), now);
                if (entries > 0 && entries + changed.entries() > atMost) {
                    full = true;
                    return;
                }
                at = row.position();
                if (changed.entries() > 0 || isWhole) {
                    subjects.add(changed);
                    entries += Math.max(1, changed.entries());
                }
            }
            full = entries >= atMost;
        }

        /** Removals later than the row come with a later position; those of resources that are back do not count. */
        private ChangedSubject changed(ChangesTables.StoredSubject row, List<GoneResource> gone, Instant now) {
            Set<String> present = row.resources().stream()
                    .map(known -> known.resource().reference())
                    .collect(Collectors.toSet());
            Map<String, GoneResource> removed = new LinkedHashMap<>();
            gone.stream()
                    .filter(one -> one.position() <= row.position() && !present.contains(one.reference()))
                    .forEach(one -> removed.put(one.reference(), one));
            return new ChangedSubject(
                    row.subject(),
                    row.position(),
                    row.at(),
                    List.copyOf(removed.values()),
                    row.resources().stream()
                            .filter(known ->
                                    known.position() > told && !SubjectComparison.hasEnded(known.resource(), now))
                            .toList());
        }
    }
}
