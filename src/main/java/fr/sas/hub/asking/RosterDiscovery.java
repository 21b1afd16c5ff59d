package fr.sas.hub.asking;

import fr.sas.hub.database.Columns;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Walks through the directory, for each vendor whose roster is learnt, one question's worth of practitioners at a time,
 * in rounds: the first as fast as one step a second, later ones spread over {@code poll.seekEvery}
 * (docs/decisions/0037). Any number of nodes share a round.
 */
@Component
class RosterDiscovery {

    private static final Logger log = LoggerFactory.getLogger(RosterDiscovery.class);
    private static final Duration FASTEST = Duration.ofSeconds(1);
    /** A vendor that does not answer is given no more questions. */
    private static final int MOST_WAITING = 100;

    private final JdbcClient jdbc;
    private final PollTargets targets;
    private final Vendors vendors;
    private final Directory directory;
    private final PollSignal pollSignal;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RosterDiscovery(
            JdbcClient jdbc,
            PollTargets targets,
            Vendors vendors,
            Directory directory,
            PollSignal pollSignal,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.targets = targets;
        this.vendors = vendors;
        this.directory = directory;
        this.pollSignal = pollSignal;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param last the practitioner at which the last step ended; empty before the first step of a round
     * @param pause between steps
     * @param first whether no round has yet found anyone in the directory
     */
    private record Round(String last, Instant beganAt, Duration pause, boolean first) {}

    /** @return whether the vendor's roster was not learnt before */
    boolean begin(Source source, Instant now) {
        return jdbc.sql("""
                        INSERT INTO connector_seeking (source, began_at, next_at) VALUES (:source, :now, :now)
                        ON CONFLICT DO NOTHING""")
                        .param("source", source.name())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /** Starts another round now: the directory has changed. */
    void again(Source source, Instant now) {
        jdbc.sql("UPDATE connector_seeking SET last = '', next_at = :now WHERE source = :source")
                .param("now", Timestamp.from(now))
                .param("source", source.name())
                .update();
    }

    /** @return whether the vendor's roster was learnt before */
    boolean end(Source source) {
        return jdbc.sql("DELETE FROM connector_seeking WHERE source = :source")
                        .param("source", source.name())
                        .update()
                > 0;
    }

    @Scheduled(initialDelay = 1_000, fixedDelay = 1_000)
    void seek() {
        for (VendorDescriptor vendor : vendors.descriptors()) {
            if (vendor.seeks() && vendor.status() != Vendor.Status.PAUSED) {
                try {
                    transaction.executeWithoutResult(status -> step(vendor));
                } catch (RuntimeException e) {
                    if (DatabaseFailure.isBeforeAnyStatement(e)) {
                        throw e;
                    }
                    logFailure(vendor.source(), e);
                }
            }
        }
    }

    private static void logFailure(Source source, RuntimeException e) {
        if (DatabaseFailure.isIn(e)) {
            log.warn("Could not look for practitioners known to {}; retrying: {}", source, DatabaseFailure.reason(e));
        } else {
            log.error("Could not look for practitioners known to {}; retrying", source, e);
        }
    }

    private void step(VendorDescriptor vendor) {
        Source source = vendor.source();
        Instant now = clock.instant();
        List<Round> due = jdbc.sql(
                        "SELECT * FROM connector_seeking WHERE source = :source AND next_at <= :now FOR UPDATE SKIP LOCKED")
                .param("source", source.name())
                .param("now", Timestamp.from(now))
                .query((row, i) -> new Round(
                        row.getString("last"),
                        Columns.requiredInstant(row, "began_at"),
                        Duration.ofMillis(row.getLong("pause_millis")),
                        row.getBoolean("first")))
                .list();
        if (due.isEmpty() || targets.isSeeking(source, MOST_WAITING)) {
            return;
        }
        Round kept = due.getFirst();
        Round round = kept.last.isEmpty() ? newRound(vendor, kept.first, now) : kept;
        int atOnce = vendor.poll().practitionersPerCall();
        List<PractitionerId> next =
                asksForPractitioners(vendor) ? directory.practitionersAfter(round.last, atOnce) : List.of();
        List<Subject> sought = new ArrayList<>(next);
        if (round.last.isEmpty() && vendor.serves(Flow.SOS)) {
            sought.addAll(directory.associations());
        }
        targets.seek(source, sought, now);
        boolean over = next.size() < atOnce;
        Instant nextRound = round.beganAt.plus(vendor.poll().seekEvery());
        Instant nextStep = now.plus(round.pause);
        save(
                source,
                new Round(
                        over ? "" : next.getLast().value(),
                        round.beganAt,
                        round.pause,
                        round.first && (!over || sought.isEmpty())),
                !over ? nextStep : nextRound.isAfter(nextStep) ? nextRound : nextStep);
        pollSignal.wakeAfterCommit();
    }

    private Round newRound(VendorDescriptor vendor, boolean first, Instant now) {
        long steps = 1 + directory.countPractitioners() / vendor.poll().practitionersPerCall();
        Duration spread = vendor.poll().seekEvery().dividedBy(steps);
        return new Round("", now, first || spread.compareTo(FASTEST) < 0 ? FASTEST : spread, first);
    }

    private void save(Source source, Round round, Instant nextAt) {
        jdbc.sql("""
                        UPDATE connector_seeking SET last = :last, began_at = :beganAt, pause_millis = :pauseMillis,
                          first = :first, next_at = :nextAt WHERE source = :source""")
                .param("last", round.last)
                .param("beganAt", Timestamp.from(round.beganAt))
                .param("pauseMillis", round.pause.toMillis())
                .param("first", round.first)
                .param("nextAt", Timestamp.from(nextAt))
                .param("source", source.name())
                .update();
    }

    private static boolean asksForPractitioners(VendorDescriptor vendor) {
        return vendor.serves(Flow.INDIVIDUAL) || vendor.serves(Flow.CPTS);
    }
}
