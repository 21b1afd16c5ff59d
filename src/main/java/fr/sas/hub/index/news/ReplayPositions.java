package fr.sas.hub.index.news;

import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.ReadReplica;
import fr.sas.hub.database.ReplicaMark;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far a replica must have replayed the primary's log to know everything about a subject that this node has heard. A
 * change is heard after its commit, so the end of the log a moment later is far enough; until the primary has reported that
 * position, no replica is. Kept by stripe: a subject that shares its stripe with one that changes is read from the primary a
 * little too often.
 */
@Component
class ReplayPositions implements BackgroundComponent {

    private static final Logger log = LoggerFactory.getLogger(ReplayPositions.class);

    /** Of what changed at a position that is not known yet. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final int STRIPE_BITS = 16;
    private static final int STRIPES = 1 << STRIPE_BITS;
    /** Changes heard at about the same time need one question. */
    private static final Duration GATHERING = Duration.ofMillis(50);
    /** Asked even if nothing is heard, so that the replica's age is known. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private static final String END_OF_LOG = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    private final ReadReplica replica;
    private final JdbcClient jdbc;
    private final Clock clock;
    /** Whatever was heard. */
    private final Stripes all = new Stripes();
    /** Without confirmations. */
    private final Stripes changes = new Stripes();

    private final BackgroundThread thread = new BackgroundThread("replay-positions", this::ask);

    ReplayPositions(ReadReplica replica, JdbcClient jdbc, Clock clock) {
        this.replica = replica;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Changed by one thread at a time, read by any. */
    private static final class Stripes {

        private final AtomicLongArray positions = new AtomicLongArray(STRIPES);
        /** Those whose position is not known yet. */
        private BitSet unknown = new BitSet(STRIPES);

        Stripes() {
            heardOfAll();
        }

        void heardOf(Subject subject) {
            heardOf(stripe(subject));
        }

        void heardOfAll() {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                heardOf(stripe);
            }
        }

        private void heardOf(int stripe) {
            positions.set(stripe, UNKNOWN);
            unknown.set(stripe);
        }

        long of(Subject subject) {
            return positions.get(stripe(subject));
        }

        BitSet takeUnknown() {
            BitSet now = unknown;
            unknown = new BitSet(STRIPES);
            return now;
        }

        void giveBack(BitSet asked) {
            unknown.or(asked);
        }

        /** Except for what was heard again meanwhile. */
        void settle(BitSet asked, long position) {
            asked.andNot(unknown);
            asked.stream().forEach(stripe -> positions.set(stripe, position));
        }

        private static int stripe(Subject subject) {
            return (subject.value().hashCode() * 0x9E3779B9) >>> (Integer.SIZE - STRIPE_BITS);
        }
    }

    /** Anything may have been missed before, the end of the primary included; {@link #recordChange(IndexChanged)} of everything follows. */
    void hearingBegins() {
        replica.beginAnew();
    }

    /** Must be called before anything held in memory is discarded, or it might be read from a replica in between. */
    void recordChange(IndexChanged news) {
        if (!replica.isThere()) {
            return;
        }
        synchronized (this) {
            switch (news) {
                case IndexChanged.Changed changed ->
                    changed.subjects().forEach(subject -> {
                        all.heardOf(subject);
                        changes.heardOf(subject);
                    });
                case IndexChanged.Confirmed confirmed -> confirmed.subjects().forEach(all::heardOf);
                case IndexChanged.Everything everything -> {
                    all.heardOfAll();
                    changes.heardOfAll();
                }
            }
            notifyAll();
        }
    }

    long of(Subject subject) {
        return all.of(subject);
    }

    /** The position from which a replica has everything heard of these subjects, except confirmations. */
    long changesOf(Collection<Subject> subjects) {
        return subjects.stream().mapToLong(changes::of).max().orElse(0);
    }

    /** The subjects about which a replica knows everything heard once it has replayed up to this position. */
    List<Subject> knownBy(long replayed, Collection<Subject> subjects) {
        return subjects.stream().filter(subject -> of(subject) <= replayed).toList();
    }

    /** Whether a replica may know any of them, however far it is. */
    boolean isAnyKnown(Collection<Subject> subjects) {
        return subjects.stream().anyMatch(subject -> of(subject) != UNKNOWN);
    }

    @Override
    public void start() {
        if (replica.isThere()) {
            thread.start();
        }
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void ask() {
        boolean failing = false;
        while (thread.goesOn()) {
            try {
                askOnce();
                failing = false;
                Thread.sleep(GATHERING);
                awaitNews();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!failing && thread.goesOn()) {
                    log.warn(
                            "Changed data is read from the primary until the end of its log is known: {}",
                            e.toString());
                    log.debug("Asking again every second", e);
                }
                failing = true;
                BackgroundThread.pause(ASK_EVERY);
            }
        }
    }

    /** Stripes of which something was heard before the primary is asked. */
    private record PendingStripes(BitSet all, BitSet changes) {}

    private void askOnce() {
        PendingStripes asked = unknownNow();
        ReplicaMark mark = replica.mark(); // not before: where hearing begins between the two, nothing is settled
        Instant before = clock.instant();
        long position;
        try {
            replica.write(mark);
            position = jdbc.sql(END_OF_LOG).query(Long.class).single();
        } catch (RuntimeException e) {
            giveBack(asked);
            throw e;
        }
        settle(asked, position);
        replica.primaryWasAt(mark, position, before);
    }

    private synchronized PendingStripes unknownNow() {
        return new PendingStripes(all.takeUnknown(), changes.takeUnknown());
    }

    private synchronized void giveBack(PendingStripes asked) {
        all.giveBack(asked.all);
        changes.giveBack(asked.changes);
    }

    private synchronized void settle(PendingStripes asked, long position) {
        all.settle(asked.all, position);
        changes.settle(asked.changes, position);
    }

    private synchronized void awaitNews() throws InterruptedException {
        if (all.unknown.isEmpty()) {
            wait(ASK_EVERY.toMillis());
        }
    }
}
