package fr.sas.hub.connector;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.SubjectsSearched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who is looked for. Heard on the search path, so it only remembers; the database is told in bulk a few times a second,
 * and of the same subject once in a while only.
 */
@Component
class Demand {

    private final Set<Subject> untold = ConcurrentHashMap.newKeySet();
    private final Cache<Subject, Boolean> told;
    private final Targets targets;
    private final Vendors vendors;
    private final Waking waking;
    private final ConnectorSettings settings;
    private final Clock clock;

    Demand(Targets targets, Vendors vendors, Waking waking, ConnectorSettings settings, Clock clock) {
        this.targets = targets;
        this.vendors = vendors;
        this.waking = waking;
        this.settings = settings;
        this.clock = clock;
        this.told = Caffeine.newBuilder()
                .maximumSize(500_000)
                .expireAfterWrite(settings.inDemandFor().dividedBy(4))
                .build();
    }

    @EventListener
    void on(SubjectsSearched searched) {
        for (Subject subject : searched.subjects()) {
            if (told.getIfPresent(subject) == null) {
                told.put(subject, Boolean.TRUE);
                untold.add(subject);
            }
        }
    }

    @Scheduled(fixedDelay = 250)
    void tell() {
        if (untold.isEmpty()) {
            return;
        }
        Set<Subject> batch = new HashSet<>(untold);
        untold.removeAll(batch);
        Instant now = clock.instant();
        Instant until = now.plus(settings.inDemandFor().plus(Duration.ofMinutes(1)));
        for (VendorDescriptor vendor : vendors.descriptors()) {
            if (!vendor.isAskedBySubject()) {
                continue;
            }
            targets.inDemand(vendor.source(), batch, until, vendor.every(), now);
        }
        waking.wake();
    }
}
