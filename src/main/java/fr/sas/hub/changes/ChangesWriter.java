package fr.sas.hub.changes;

import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.SubjectBases;
import fr.sas.hub.index.SubjectBasis;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.search.ServedSubject;
import fr.sas.hub.search.ServedSubjects;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what changed, on one node at a time. Subjects that the index reports are compared immediately, others when they are
 * due, and all of them when this node takes over or may have missed something: this is how it finds what a killed node had
 * heard about but not yet written.
 */
@Component
class ChangesWriter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ChangesWriter.class);

    private static final int WRITTEN_AT_ONCE = 200;
    private static final int LOOKED_AT_AT_ONCE = 1_000;
    private static final Duration LEASE_RENEWED_AFTER = Duration.ofSeconds(1);
    private static final int IDLE_MILLIS = 250;

    private final String node = UUID.randomUUID().toString();
    private final ChangesTables tables;
    private final ChangesDemand demand;
    private final SubjectBases bases;
    private final ReadySubjects ready;
    private final ServedSubjects served;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final ChangesSettings settings;
    private final Clock clock;

    private final SubjectsToLookAt toLookAt = new SubjectsToLookAt();
    private final Semaphore calls = new Semaphore(0);
    private @Nullable Long term;
    private long leaseRenewed;
    private long completed;
    private final BackgroundThread thread = new BackgroundThread("changes", this::write);

    ChangesWriter(
            ChangesTables tables,
            ChangesDemand demand,
            SubjectBases bases,
            ReadySubjects ready,
            ServedSubjects served,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            ChangesSettings settings,
            Clock clock) {
        this.tables = tables;
        this.demand = demand;
        this.bases = bases;
        this.ready = ready;
        this.served = served;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** Another node has taken over. */
    private static final class TakenOver extends RuntimeException {}

    @EventListener
    void on(ChangesDemand.DemandBegan began) {
        calls.release();
    }

    @EventListener
    void on(IndexChanged news) {
        if (!demand.isWanted()) {
            toLookAt.requestFullScan();
            return;
        }
        switch (news) {
            case IndexChanged.Changed changed -> toLookAt.markChanged(changed.subjects());
            case IndexChanged.Confirmed told -> toLookAt.confirm(told.subjects());
            case IndexChanged.Everything everything -> toLookAt.walkAgain();
        }
        calls.release();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        if (thread.isRunning()) {
            try {
                thread.stop(Duration.ofSeconds(5));
                tables.leave(node);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (DataAccessException e) {
                log.debug("Another node takes over once the lease has ended: {}", e.getMessage());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }

    /** Starts once news of the index is received and the vendors are known. */
    @Override
    public int getPhase() {
        return 2;
    }

    private void write() {
        boolean wasWell = true;
        while (thread.goesOn()) {
            try {
                boolean more = demand.isWanted() && round();
                wasWell = true;
                pause(more ? 0 : IDLE_MILLIS);
            } catch (TakenOver e) {
                term = null;
            } catch (RuntimeException e) {
                lookAgainAfter(e);
                logFailure(e, wasWell);
                wasWell = false;
                pause(1_000);
            }
        }
    }

    /** A subject that cannot be compared must not stay ahead of all others for ever. */
    private void lookAgainAfter(RuntimeException e) {
        if (isOfTheDatabase(e)) {
            toLookAt.walkAgain();
        } else {
            toLookAt.requestFullScan();
        }
    }

    private static boolean isOfTheDatabase(RuntimeException e) {
        return e instanceof DataAccessException || e instanceof TransactionException || DatabaseFailure.isIn(e);
    }

    private void logFailure(RuntimeException e, boolean wasWell) {
        if (!thread.goesOn()) {
            return;
        }
        if (isOfTheDatabase(e)) {
            if (wasWell) {
                log.warn("Changes could not be written; retrying every second: {}", e.toString());
            }
        } else {
            log.error("Changes could not be written; retrying", e);
        }
    }

    private void pause(int millis) {
        try {
            if (millis > 0 && calls.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there is more to do at once */
    private boolean round() {
        if (!leads()) {
            toLookAt.forgetWhatWasHeardLongAgo();
            return false;
        }
        Instant now = clock.instant();
        long began = System.nanoTime();
        Map<Subject, Long> changed = toLookAt.nextHeard(LOOKED_AT_AT_ONCE);
        compare(changed.keySet(), now);
        toLookAt.forget(changed);
        List<Subject> due = tables.due(now, LOOKED_AT_AT_ONCE);
        compare(due, now);
        List<Subject> again = toLookAt.nextConfirmed(LOOKED_AT_AT_ONCE);
        compare(thoseNotTrusted(again), now);
        boolean walking = walkOn(now);
        boolean more = walking
                || changed.size() == LOOKED_AT_AT_ONCE
                || due.size() == LOOKED_AT_AT_ONCE
                || again.size() == LOOKED_AT_AT_ONCE;
        if (!more && began - completed > LEASE_RENEWED_AFTER.toNanos()) {
            tables.complete(node);
            completed = began;
        }
        return more;
    }

    private boolean leads() {
        long now = System.nanoTime();
        if (term != null && now - leaseRenewed < LEASE_RENEWED_AFTER.toNanos()) {
            return true;
        }
        Long before = term;
        term = tables.acquireLease(node, settings.lease(), settings.kept()).orElse(null);
        leaseRenewed = now;
        if (term != null && !term.equals(before)) {
            log.info("This node writes changes from now on, as {}", node);
            toLookAt.walkAgain();
        }
        return term != null;
    }

    /** Confirming data that was already trusted changes only when it is due next. */
    private List<Subject> thoseNotTrusted(List<Subject> subjects) {
        Map<Subject, ChangesTables.StoredBasis> known = subjects.isEmpty() ? Map.of() : tables.bases(subjects);
        return subjects.stream()
                .filter(subject -> {
                    ChangesTables.StoredBasis basis = known.get(subject);
                    return basis == null || !basis.basis().isTrusted();
                })
                .toList();
    }

    private boolean walkOn(Instant now) {
        SubjectsToLookAt.Walk from = toLookAt.walk();
        if (from == null) {
            return false;
        }
        List<Subject> some = from.known()
                ? tables.after(from.after(), LOOKED_AT_AT_ONCE)
                : ready.after(from.after(), LOOKED_AT_AT_ONCE);
        compare(some, now);
        return toLookAt.hasWalked(from, some);
    }

    /** Renders only the subjects that may have changed. */
    private void compare(Collection<Subject> subjects, Instant now) {
        if (subjects.isEmpty()) {
            return;
        }
        Map<Subject, SubjectBasis> current = bases.of(subjects, now);
        Map<Subject, ChangesTables.StoredBasis> stored = tables.bases(subjects);
        List<Subject> changed = new ArrayList<>();
        Map<Subject, ChangesTables.StoredBasis> later = new HashMap<>();
        current.forEach((subject, basis) -> {
            ChangesTables.StoredBasis before = stored.get(subject);
            if (before == null
                    || before.format() != served.format()
                    || !before.basis().isAs(basis)
                    || isOver(before.turnsAt(), now)) {
                changed.add(subject);
            } else if (isOver(before.lookAt(), now)) {
                later.put(subject, new ChangesTables.StoredBasis(before.format(), basis, before.turnsAt()));
            }
        });
        tables.lookAgain(later);
        for (int from = 0; from < changed.size(); from += WRITTEN_AT_ONCE) {
            write(changed.subList(from, Math.min(changed.size(), from + WRITTEN_AT_ONCE)), current, now);
        }
    }

    private static boolean isOver(@Nullable Instant instant, Instant now) {
        return instant != null && !instant.isAfter(now);
    }

    private void write(List<Subject> subjects, Map<Subject, SubjectBasis> current, Instant now) {
        Map<Subject, ServedSubject> shown = served.read(subjects, now);
        Map<Subject, ChangesTables.StoredBasis> made = new LinkedHashMap<>();
        shown.forEach((subject, one) -> made.put(
                subject,
                new ChangesTables.StoredBasis(
                        served.format(), Objects.requireNonNull(current.get(subject)), one.until())));
        Long position = transaction.execute(status -> {
            long before = tables.lockHead(Objects.requireNonNull(term)).orElseThrow(TakenOver::new);
            long last = save(shown, before, now);
            tables.saveBases(made);
            if (last > before) {
                tables.moveTo(last);
            }
            return last > before ? last : null;
        });
        if (position != null) {
            events.publishEvent(new ChangesWritten(position));
        }
    }

    private long save(Map<Subject, ServedSubject> shown, long before, Instant now) {
        Map<Subject, List<KnownResource>> known = tables.contents(shown.keySet());
        Map<Subject, SubjectComparison> changes = new LinkedHashMap<>();
        Map<Subject, Long> positions = new HashMap<>();
        long position = before;
        for (Map.Entry<Subject, ServedSubject> one : shown.entrySet()) {
            SubjectComparison comparison = SubjectComparison.of(
                    known.getOrDefault(one.getKey(), List.of()), one.getValue().resources(), position + 1, now);
            if (comparison.isChange()) {
                position++;
                changes.put(one.getKey(), comparison);
                positions.put(one.getKey(), position);
            }
        }
        tables.save(changes, positions, now);
        return position;
    }
}
