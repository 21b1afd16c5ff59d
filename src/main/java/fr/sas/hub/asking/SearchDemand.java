package fr.sas.hub.asking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.SubjectsSearched;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.DescriptorListener;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The subjects searched for. Called on the search path, so it only records them; the database is updated in bulk a few
 * times a second, and at most now and then for the same subject, unless a vendor is added in between.
 */
@Component
class SearchDemand implements DescriptorListener {

    private final Set<Subject> unpublished = ConcurrentHashMap.newKeySet();
    private final Cache<Subject, Boolean> published;
    private final Cache<Subject, Boolean> sought;
    private final PollTargets targets;
    private final Vendors vendors;
    private final Directory directory;
    private final PollSignal pollSignal;
    private final ConnectorSettings settings;
    private final Clock clock;

    SearchDemand(
            PollTargets targets,
            Vendors vendors,
            Directory directory,
            PollSignal pollSignal,
            ConnectorSettings settings,
            Clock clock) {
        this.targets = targets;
        this.vendors = vendors;
        this.directory = directory;
        this.pollSignal = pollSignal;
        this.settings = settings;
        this.clock = clock;
        this.published = Caffeine.newBuilder()
                .maximumSize(500_000)
                .expireAfterWrite(settings.inDemandFor().dividedBy(4))
                .build();
        this.sought = Caffeine.newBuilder()
                .maximumSize(500_000)
                .expireAfterWrite(settings.inDemandFor())
                .build();
    }

    @EventListener
    void on(SubjectsSearched searched) {
        for (Subject subject : searched.subjects()) {
            if (published.getIfPresent(subject) == null) {
                published.put(subject, Boolean.TRUE);
                unpublished.add(subject);
            }
        }
    }

    /** Earlier searches were recorded without this vendor: the next search for each subject is recorded again. */
    @Override
    public void inForce(VendorDescriptor descriptor) {
        published.invalidateAll();
        sought.invalidateAll();
    }

    @Override
    public void onVendorRemoved(Source source) {}

    @Scheduled(fixedDelay = 250)
    void publish() {
        if (unpublished.isEmpty()) {
            return;
        }
        Set<Subject> batch = new HashSet<>(unpublished);
        unpublished.removeAll(batch);
        List<VendorDescriptor> asked = vendors.descriptors().stream()
                .filter(VendorDescriptor::isAskedBySubject)
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        try {
            publish(batch, asked);
        } catch (RuntimeException e) {
            sought.invalidateAll(batch);
            unpublished.addAll(batch);
            throw e;
        }
        pollSignal.wake();
    }

    private void publish(Set<Subject> batch, List<VendorDescriptor> asked) {
        Instant now = clock.instant();
        Set<PractitionerId> seekers =
                asked.stream().anyMatch(VendorDescriptor::seeks) ? notSoughtLately(batch) : Set.of();
        Instant until = now.plus(settings.inDemandFor().plus(Duration.ofMinutes(1)));
        for (VendorDescriptor vendor : asked) {
            if (vendor.seeks() && !seekers.isEmpty()) {
                targets.seek(vendor.source(), seekers, now);
            }
            targets.inDemand(vendor.source(), batch, until, vendor.every(), now);
        }
    }

    /**
     * Subjects searched for are sought at once, wherever the round is: at most once an hour, and only if the directory
     * knows them.
     */
    private Set<PractitionerId> notSoughtLately(Set<Subject> batch) {
        List<PractitionerId> practitioners = batch.stream()
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .filter(practitioner -> sought.asMap().putIfAbsent(practitioner, Boolean.TRUE) == null)
                .toList();
        return directory.practitionersAmong(practitioners);
    }
}
