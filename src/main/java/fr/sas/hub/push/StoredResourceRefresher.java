package fr.sas.hub.push;

import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.asking.RefetchRequested;
import fr.sas.hub.asking.ReprocessingRequested;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorRemoved;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes vendors' resources again when something other than a delivery changes what is shown of them: time, a
 * practitioner's settings, a descriptor, a cancellation. What is published then is as old as the vendor's last message.
 */
@Component
class StoredResourceRefresher {

    private static final Logger log = LoggerFactory.getLogger(StoredResourceRefresher.class);
    private static final int AT_ONCE = 500;
    private static final int SWEPT_AT_ONCE = 5_000;

    private final ResourceTables resources;
    private final SubjectTables subjects;
    private final PublicationTables publications;
    private final SubjectPublisher publisher;
    private final PushedDeliveries deliveries;
    private final TransactionTemplate transaction;
    private final PushSettings settings;
    private final Clock clock;

    StoredResourceRefresher(
            ResourceTables resources,
            SubjectTables subjects,
            PublicationTables publications,
            SubjectPublisher publisher,
            PushedDeliveries deliveries,
            TransactionTemplate transaction,
            PushSettings settings,
            Clock clock) {
        this.resources = resources;
        this.subjects = subjects;
        this.publications = publications;
        this.publisher = publisher;
        this.deliveries = deliveries;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Joins the transaction of the change, so that no refresh is forgotten. */
    @EventListener
    @Transactional
    public void on(RefetchRequested again) {
        subjects.due(again.subjects().stream().map(Subject::value).toList(), clock.instant());
    }

    @EventListener
    @Transactional
    public void on(ReprocessingRequested again) {
        subjects.due(
                again.vendor().name(),
                again.subjects().stream().map(Subject::value).toList(),
                clock.instant());
    }

    @EventListener
    @Transactional
    public void on(VendorChanged changed) {
        deliveries
                .terms(changed.source())
                .ifPresent(terms ->
                        subjects.dueOnOtherTerms(changed.source().name(), terms.fingerprint(), clock.instant()));
    }

    /** A vendor that leaves takes everything with it (DOMAIN §7.7). */
    @EventListener
    @Transactional
    public void on(VendorRemoved left) {
        String vendor = left.source().name();
        subjects.takeTurn(vendor);
        subjects.forget(vendor);
        resources.forget(vendor);
        publications.forget(vendor);
    }

    /** Any number of nodes share the work: each takes vendors that no other node is working on. */
    @Scheduled(initialDelay = 2, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void lookAgain() {
        for (String vendor : subjects.vendorsDue(clock.instant())) {
            Source source = new Source(vendor);
            try {
                boolean more = true;
                while (more) {
                    more = Boolean.TRUE.equals(transaction.execute(status -> lookAgain(source)));
                }
            } catch (RuntimeException e) {
                if (DatabaseFailure.isBeforeAnyStatement(e)) {
                    throw e;
                }
                logFailure(vendor, e);
            }
        }
    }

    private static void logFailure(String vendor, RuntimeException e) {
        if (DatabaseFailure.isIn(e)) {
            log.warn(
                    "The resources that {} delivered could not be published again; retrying: {}",
                    vendor,
                    DatabaseFailure.reason(e));
        } else {
            log.error("The resources that {} delivered could not be published again; retrying", vendor, e);
        }
    }

    private boolean lookAgain(Source source) {
        String vendor = source.name();
        PushedDeliveries.Terms terms = deliveries.terms(source).orElse(null);
        if (terms == null || !subjects.takeTurnIfFree(vendor)) {
            return false;
        }
        Map<Instant, Set<String>> due = subjects.due(vendor, clock.instant(), AT_ONCE);
        Set<String> admitted =
                subjects.lock(vendor, due.values().stream().flatMap(Set::stream).toList());
        due.forEach((heardAt, some) -> publisher.deliver(source, terms, heardAt, some, admitted));
        return due.values().stream().mapToInt(Set::size).sum() == AT_ONCE;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        Instant now = clock.instant();
        while (resources.sweep(now.minus(settings.pastKept()), now.minus(settings.deletedKept()), SWEPT_AT_ONCE)
                >= SWEPT_AT_ONCE) {
            // next batch
        }
    }
}
