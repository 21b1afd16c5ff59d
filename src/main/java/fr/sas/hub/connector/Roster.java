package fr.sas.hub.connector;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.PractitionersChanged;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who is asked of which vendor. Kept in the database; changes join the caller's transaction. */
@Service
public class Roster {

    private static final int CHUNK = 5_000;

    private final Targets targets;
    private final Vendors vendors;
    private final Directory directory;
    private final Waking waking;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Roster(
            Targets targets,
            Vendors vendors,
            Directory directory,
            Waking waking,
            ApplicationEventPublisher events,
            Clock clock) {
        this.targets = targets;
        this.vendors = vendors;
        this.directory = directory;
        this.waking = waking;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A practitioner's word on vendors: whether they may be asked for at all, and whom the practitioner named. A refusal
     * takes the practitioner out of every vendor's questions at once; lifting it makes them due at once.
     */
    @Transactional
    public void practitionerSays(PractitionerId practitioner, boolean mayBeAskedFor, Set<Source> named) {
        targets.keepWord(practitioner, mayBeAskedFor, named);
        if (!mayBeAskedFor) {
            targets.removeSubject(practitioner);
            events.publishEvent(new AskedAgain(Set.of(practitioner)));
            return;
        }
        Instant now = clock.instant();
        Set<Source> unasked = new HashSet<>();
        for (VendorDescriptor descriptor : vendors.descriptors()) {
            boolean asked = asksForPractitioners(descriptor)
                    && switch (descriptor.roster()) {
                        case VendorDescriptor.Roster.Declared declared -> named.contains(descriptor.source());
                        case VendorDescriptor.Roster.Everyone everyone -> true;
                        case VendorDescriptor.Roster.Listed listed ->
                            listed.subjects().contains(practitioner);
                    };
            if (asked) {
                targets.add(descriptor.source(), List.of(practitioner), now);
            } else {
                unasked.add(descriptor.source());
            }
        }
        targets.removeSubject(practitioner, unasked);
        targets.askNow(List.of(practitioner), now);
        events.publishEvent(new AskedAgain(Set.of(practitioner)));
        waking.wakeAfterCommit();
    }

    /** Makes these subjects due at once, of every vendor that has them. */
    @Transactional
    public void askNow(Collection<? extends Subject> subjects) {
        targets.askNow(subjects, clock.instant());
        events.publishEvent(new AskedAgain(Set.copyOf(subjects)));
        waking.wakeAfterCommit();
    }

    /** The vendors that are asked for each of these subjects; refused practitioners have none. */
    public Map<Subject, Set<Source>> vendorsAskedFor(Collection<? extends Subject> subjects) {
        return targets.sourcesOf(subjects);
    }

    /** Those of the subjects that the vendor may speak of: whom it would be asked for. */
    public Set<Subject> admitted(Source source, Collection<? extends Subject> subjects) {
        return targets.ofSource(source, subjects);
    }

    /** Makes a vendor's targets what its descriptor says. New ones are due at once. */
    @Transactional
    void align(VendorDescriptor descriptor) {
        Instant now = clock.instant();
        switch (descriptor.roster()) {
            case VendorDescriptor.Roster.Declared declared -> targets.alignWithWords(descriptor.source(), now);
            case VendorDescriptor.Roster.Listed listed -> {
                targets.keepOnly(descriptor.source(), listed.subjects());
                targets.add(descriptor.source(), listed.subjects(), now);
            }
            case VendorDescriptor.Roster.Everyone everyone -> addEveryone(descriptor.source(), now);
        }
        waking.wakeAfterCommit();
    }

    /** Whoever is new in the directory is asked for at the vendors that take everyone. */
    @TransactionalEventListener(fallbackExecution = true)
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void welcome(PractitionersChanged changed) {
        Instant now = clock.instant();
        for (VendorDescriptor descriptor : vendors.descriptors()) {
            if (descriptor.roster() instanceof VendorDescriptor.Roster.Everyone) {
                if (changed.practitioners().isEmpty()) {
                    addEveryone(descriptor.source(), now);
                } else {
                    targets.add(
                            descriptor.source(),
                            directory.find(changed.practitioners()).keySet(),
                            now);
                }
            }
        }
        events.publishEvent(new AskedAgain(Set.copyOf(changed.practitioners())));
        waking.wakeAfterCommit();
    }

    private void addEveryone(Source source, Instant now) {
        List<PractitionerId> chunk = new ArrayList<>(CHUNK);
        directory.forEachPractitioner(practitioner -> {
            chunk.add(practitioner);
            if (chunk.size() == CHUNK) {
                targets.add(source, chunk, now);
                chunk.clear();
            }
        });
        targets.add(source, chunk, now);
    }

    private static boolean asksForPractitioners(VendorDescriptor descriptor) {
        return descriptor.serves(Flow.INDIVIDUAL)
                || descriptor.serves(Flow.CPTS)
                || descriptor.serves(Flow.BULK_PUBLISH);
    }
}
