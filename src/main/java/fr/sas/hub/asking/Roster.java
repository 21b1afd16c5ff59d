package fr.sas.hub.asking;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.PractitionersChanged;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.DescriptorListener;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Which vendors are asked for whom. Stored in the database; changes join the caller's transaction. */
@Service
@Order(2)
public class Roster implements DescriptorListener {

    private static final int CHUNK = 5_000;

    private final PollTargets targets;
    private final RosterDiscovery seeking;
    private final Vendors vendors;
    private final Directory directory;
    private final PollSignal pollSignal;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Roster(
            PollTargets targets,
            RosterDiscovery seeking,
            Vendors vendors,
            Directory directory,
            PollSignal pollSignal,
            ApplicationEventPublisher events,
            Clock clock) {
        this.targets = targets;
        this.seeking = seeking;
        this.vendors = vendors;
        this.directory = directory;
        this.pollSignal = pollSignal;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Applies a practitioner's settings about vendors: whether vendors may be asked for them at all, and which ones
     * they named. A refusal removes the practitioner from every vendor's questions at once; withdrawing it makes them
     * due at once.
     */
    @Transactional
    public void practitionerSays(PractitionerId practitioner, boolean mayBeAskedFor, Set<Source> named) {
        targets.keepWord(practitioner, mayBeAskedFor, named);
        if (!mayBeAskedFor) {
            targets.removeSubject(practitioner);
            events.publishEvent(new RefetchRequested(Set.of(practitioner)));
            return;
        }
        Instant now = clock.instant();
        Set<Source> unasked = new HashSet<>();
        for (VendorDescriptor descriptor : vendors.descriptors()) {
            boolean isNamed = named.contains(descriptor.source());
            if (descriptor.roster() instanceof VendorDescriptor.Roster.Learnt && !isNamed) {
                if (descriptor.seeks() && asksForPractitioners(descriptor)) {
                    targets.seek(descriptor.source(), List.of(practitioner), now);
                }
                continue;
            }
            boolean asked = asksForPractitioners(descriptor)
                    && switch (descriptor.roster()) {
                        case VendorDescriptor.Roster.Learnt learnt -> true;
                        case VendorDescriptor.Roster.Declared declared -> isNamed;
                        case VendorDescriptor.Roster.Everyone everyone -> true;
                        case VendorDescriptor.Roster.Listed listed ->
                            listed.subjects().contains(practitioner);
                    };
            if (asked) {
                targets.add(descriptor.source(), List.of(practitioner), now);
                if (descriptor.seeks()) {
                    targets.found(descriptor.source(), List.of(practitioner));
                }
            } else {
                unasked.add(descriptor.source());
            }
        }
        targets.removeSubject(practitioner, unasked);
        targets.askNow(List.of(practitioner), now);
        events.publishEvent(new RefetchRequested(Set.of(practitioner)));
        pollSignal.wakeAfterCommit();
    }

    /** Makes these subjects due at once, at every vendor that has them. */
    @Transactional
    public void askNow(Collection<? extends Subject> subjects) {
        targets.askNow(subjects, clock.instant());
        events.publishEvent(new RefetchRequested(Set.copyOf(subjects)));
        pollSignal.wakeAfterCommit();
    }

    /** Has what this vendor delivered about these subjects processed again; nothing is fetched. */
    @Transactional
    public void lookAgain(Source vendor, Collection<? extends Subject> subjects) {
        events.publishEvent(new ReprocessingRequested(vendor, Set.copyOf(subjects)));
    }

    /** The vendors asked for each of these subjects; none for practitioners who refuse. */
    public Map<Subject, Set<Source>> vendorsAskedFor(Collection<? extends Subject> subjects) {
        return targets.sourcesOf(subjects);
    }

    /**
     * The subjects among these whose slots from other vendors this vendor's data affects (decision 0043): practitioners
     * who named it or whom its descriptor names. That it turned out to know someone is only its own claim.
     */
    public Set<Subject> declaredFor(Source source, Collection<? extends Subject> subjects) {
        return vendors.descriptor(source)
                .map(descriptor -> switch (descriptor.roster()) {
                    case VendorDescriptor.Roster.Learnt learnt -> targets.naming(source, subjects);
                    case VendorDescriptor.Roster.Declared declared -> targets.naming(source, subjects);
                    case VendorDescriptor.Roster.Listed listed -> targets.ofSource(source, subjects);
                    case VendorDescriptor.Roster.Everyone everyone -> targets.ofSource(source, subjects);
                })
                .orElse(Set.of());
    }

    /**
     * The subjects among these for whom the vendor may deliver by itself. This requires no form: only those who
     * refused, who named other vendors while the roster is {@code declared}, or who are not on a list are left out
     * (decision 0037).
     */
    @Transactional
    public Set<Subject> admitted(Source source, Collection<? extends Subject> subjects) {
        Set<Subject> admitted = targets.ofSource(source, subjects);
        Set<Subject> others = new HashSet<>(subjects);
        others.removeAll(admitted);
        VendorDescriptor descriptor = vendors.descriptor(source).orElse(null);
        if (descriptor != null && descriptor.seeks()) {
            targets.found(source, subjects);
        }
        if (others.isEmpty() || descriptor == null) {
            return admitted;
        }
        switch (descriptor.roster()) {
            case VendorDescriptor.Roster.Learnt learnt -> {
                targets.add(source, others, clock.instant());
                admitted.addAll(targets.ofSource(source, others));
            }
            case VendorDescriptor.Roster.Declared declared -> {
                others.removeAll(targets.keptFrom(source, others));
                admitted.addAll(others);
            }
            case VendorDescriptor.Roster.Listed listed -> {}
            case VendorDescriptor.Roster.Everyone everyone -> {}
        }
        return admitted;
    }

    /**
     * What an answer reveals about the vendor's roster: subjects sought and found in it are polled from now on, those
     * missing from a complete one are not. The latter are removed from the batch, so that nothing is stored about the
     * many whom a vendor does not know.
     */
    @Transactional
    public SlotBatch learn(SlotBatch batch) {
        Source source = batch.source();
        boolean seeks =
                vendors.descriptor(source).filter(VendorDescriptor::seeks).isPresent();
        Set<Subject> strangers = seeks ? targets.candidates(source, batch.asked()) : Set.of();
        if (strangers.isEmpty()) {
            return batch;
        }
        Set<Subject> found = new HashSet<>(strangers);
        found.retainAll(batch.offers().keySet());
        targets.found(source, found);
        strangers.removeAll(found);
        if (batch.answer() instanceof Answer.Complete) {
            targets.notFound(source, strangers);
        }
        Set<Subject> asked = new HashSet<>(batch.asked());
        asked.removeAll(strangers);
        return new SlotBatch(
                source, asked, batch.window(), batch.fetchedAt(), batch.answer(), batch.offers(), batch.delivery());
    }

    /** Aligns a vendor's targets with its descriptor. New ones are due at once. */
    @Override
    @Transactional
    public void inForce(VendorDescriptor descriptor) {
        Instant now = clock.instant();
        if (!descriptor.seeks() && seeking.end(descriptor.source())) {
            targets.seekNobody(descriptor.source());
        }
        switch (descriptor.roster()) {
            case VendorDescriptor.Roster.Learnt learnt -> {
                if (descriptor.seeks() && seeking.begin(descriptor.source(), now)) {
                    targets.seekAllButNamed(descriptor.source());
                }
                targets.addNamed(descriptor.source(), now);
                if (descriptor.seeks()) {
                    targets.foundByName(descriptor.source());
                }
            }
            case VendorDescriptor.Roster.Declared declared -> targets.alignWithWords(descriptor.source(), now);
            case VendorDescriptor.Roster.Listed listed -> {
                targets.keepOnly(descriptor.source(), listed.subjects());
                targets.add(descriptor.source(), listed.subjects(), now);
            }
            case VendorDescriptor.Roster.Everyone everyone -> addEveryone(descriptor.source(), now);
        }
        pollSignal.wakeAfterCommit();
    }

    @Override
    public void onVendorRemoved(Source source) {
        targets.removeSource(source);
    }

    /**
     * Anyone new in the directory is polled at vendors that take everyone, and sought at those that learn their roster.
     */
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
            } else if (descriptor.seeks() && changed.practitioners().isEmpty()) {
                seeking.again(descriptor.source(), now);
            } else if (descriptor.seeks() && asksForPractitioners(descriptor)) {
                targets.seek(
                        descriptor.source(),
                        directory.find(changed.practitioners()).keySet(),
                        now);
            }
        }
        events.publishEvent(new RefetchRequested(Set.copyOf(changed.practitioners())));
        pollSignal.wakeAfterCommit();
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
