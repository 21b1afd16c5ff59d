package fr.sas.hub.search;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Renders what changed before it is requested, and loads stored renderings onto the {@link SubjectShelf} when a node starts or
 * has discarded everything (docs/decisions/0053). It leaves the processors to others most of the time.
 */
@Component
class RenderingPreparer implements BackgroundComponent {

    private static final Logger log = LoggerFactory.getLogger(RenderingPreparer.class);

    private static final int AT_ONCE = 200;
    /** Changes made at about the same time are reported together. */
    private static final Duration GATHERING = Duration.ofSeconds(1);
    /** Beyond this, only the fact that there are more is remembered; every subject is then checked. */
    private static final int MOST_WAITING = 100_000;
    /**
     * What is read here costs a fraction of what searches read that miss it one by one: they all do at first when everything was
     * discarded.
     */
    private static final Duration IN_A_HURRY = Duration.ofSeconds(2);
    /** A node whose subjects are found rendered, or cannot be read, is ready at the latest this long after its start. */
    private static final Duration WHILE_FOUND = Duration.ofSeconds(5);
    /** Before the node is ready: each uses a connection to the database, and others need some too. */
    private static final int MOST_THREADS = 4;

    private final SubjectShelf shelf;
    private final ReadySubjects kept;
    private final Clock clock;
    private final Set<Subject> changed = new LinkedHashSet<>();
    /** The remaining subjects are those after this one; null when none remain. */
    private @Nullable String after = "";

    /** Since the last time that all had been looked at; of the maker's thread. */
    private long lookedAt;

    private long began;

    private final InitialFillWait initialFill;
    private final int threads;
    /** When everything was discarded last, by {@link System#nanoTime}; null before the first time. */
    private volatile @Nullable Long discardedAt;

    /** Ends the pause of an idle thread. */
    private final Semaphore discarded = new Semaphore(0);

    private final BackgroundThread thread = new BackgroundThread("made-ready", this::makeReady);

    @Autowired
    RenderingPreparer(SubjectShelf shelf, ReadySubjects kept, SearchSettings settings, Clock clock) {
        this(shelf, kept, new InitialFillWait(WHILE_FOUND, settings.readyWithin()), clock);
    }

    RenderingPreparer(SubjectShelf shelf, ReadySubjects kept, InitialFillWait initialFill, Clock clock) {
        this.shelf = shelf;
        this.kept = kept;
        this.initialFill = initialFill;
        this.clock = clock;
        this.threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }

    @EventListener
    void on(IndexChanged news) {
        switch (news) {
            case IndexChanged.Changed told -> changed(told.subjects());
            case IndexChanged.Confirmed told -> {}
            case IndexChanged.Everything everything -> {
                discardedAt = System.nanoTime();
                lookAtAll();
                discarded.release();
            }
        }
    }

    private synchronized void changed(Set<Subject> subjects) {
        if (changed.size() + subjects.size() > MOST_WAITING) {
            lookAtAll();
        } else {
            changed.addAll(subjects);
        }
    }

    private synchronized void lookAtAll() {
        changed.clear();
        after = "";
    }

    private synchronized List<Subject> nextChanged() {
        List<Subject> next = new ArrayList<>();
        for (Iterator<Subject> some = changed.iterator(); some.hasNext() && next.size() < AT_ONCE; ) {
            next.add(some.next());
            some.remove();
        }
        return next;
    }

    /** Empty when every subject has been checked. */
    private List<Subject> nextOfAll() {
        String from;
        synchronized (this) {
            from = after;
        }
        if (from == null) {
            return List.of();
        }
        List<Subject> next = kept.after(from, initialFill.isOver() ? AT_ONCE : AT_ONCE * threads);
        synchronized (this) {
            if (from.equals(after)) {
                after = next.isEmpty() ? null : next.getLast().value();
            }
        }
        looked(next.size());
        return next;
    }

    /** @param subjects 0: these were all */
    private void looked(int subjects) {
        if (lookedAt == 0) {
            began = System.nanoTime();
        }
        lookedAt += subjects;
        if (subjects == 0) {
            log.info("{} subjects looked at in {} ms", lookedAt, (System.nanoTime() - began) / 1_000_000);
            lookedAt = 0;
            initialFill.lookedAtAll();
        }
    }

    /** Fills the shelf while the rest starts. */
    @Override
    public void start() {
        initialFill.begin();
        thread.start();
    }

    /** Before the node is ready. */
    void awaitInitialFill() throws InterruptedException {
        if (!initialFill.await()) {
            log.info("Ready while the shelf is still being filled");
        }
    }

    /** Whether most of what was looked at before the node was ready had to be rendered. */
    boolean hasMostlyRendered() {
        return initialFill.hasMostlyRendered();
    }

    /** After changes from other nodes are received and vendors are known. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void makeReady() {
        while (thread.goesOn()) {
            try {
                long began = System.nanoTime();
                List<Subject> next = nextOfAll();
                if (next.isEmpty()) {
                    next = nextChanged();
                }
                if (!next.isEmpty()) {
                    take(next);
                }
                pause(next.isEmpty(), System.nanoTime() - began);
            } catch (DataAccessException | TransactionException e) {
                log.debug("Retrying: {}", e.getMessage());
                pause(true, 0);
            } catch (RuntimeException e) {
                log.error("Some subjects could not be rendered in advance; they will be rendered on request", e);
                pause(true, 0);
            }
        }
    }

    private void take(List<Subject> subjects) {
        if (initialFill.isOver()) {
            shelf.take(subjects, false, clock.instant());
        } else {
            SubjectShelf.Origins before = shelf.origins();
            takeAtOnce(subjects);
            SubjectShelf.Origins after = shelf.origins();
            if (!after.equals(before)) {
                initialFill.lookedAtSome(after.areMostlyRenderedSince(before));
            }
        }
    }

    /** Uses several threads: only the rest of the start needs the processors. */
    private void takeAtOnce(List<Subject> subjects) {
        List<List<Subject>> parts = Lists.partition(subjects, Math.ceilDiv(subjects.size(), threads));
        try (ExecutorService others = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("made-ready-", 1).daemon().factory())) {
            List<Future<SubjectShelf.ShelfRead>> taking = parts.stream()
                    .skip(1)
                    .map(part -> others.submit(() -> shelf.take(part, false, clock.instant())))
                    .toList();
            shelf.take(parts.getFirst(), false, clock.instant());
            for (Future<SubjectShelf.ShelfRead> one : taking) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            Throwables.throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e);
        }
    }

    /** Twice as long as the work took, once requests are being served, unless most of them would read the same. */
    private void pause(boolean idle, long nanos) {
        if (idle) {
            gather();
        } else if (initialFill.isOver() && !isInAHurry()) {
            BackgroundThread.pause(Duration.ofNanos(2 * nanos));
        }
    }

    private void gather() {
        try {
            if (discarded.tryAcquire(GATHERING.toNanos(), TimeUnit.NANOSECONDS)) {
                discarded.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isInAHurry() {
        Long at = discardedAt;
        return at != null && System.nanoTime() - at < IN_A_HURRY.toNanos();
    }
}
