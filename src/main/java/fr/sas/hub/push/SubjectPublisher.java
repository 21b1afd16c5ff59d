package fr.sas.hub.push;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Confirmation;
import fr.sas.hub.slot.ConfirmationResult;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes what a vendor's resources say about the subjects concerned, as a delivery like any other, along the route
 * in {@code routes/}. A subject is always published as a whole. The caller must have taken the vendor's turn.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SubjectPublisher {

    private static final String DELIVERED = "direct:delivery-pushed";
    private static final String CONFIRMED = "direct:vendor-confirmed";
    private static final int SUBJECTS_AT_ONCE = 100;
    /** A change of one place may concern all of a vendor's. */
    private static final int SCHEDULES_AT_ONCE = 500;
    /** A slot that has begun may still be in progress, or be deleted meanwhile. */
    private static final Duration LONGEST_SLOT = Duration.ofHours(24);
    /** So that nothing enters the horizon unnoticed between two refreshes. */
    private static final Duration BEYOND_THE_HORIZON = Duration.ofHours(6);

    private final ResourceTables resources;
    private final ScheduleTables scheduleTables;
    private final SubjectTables subjects;
    private final Roster roster;
    private final PushedDeliveries deliveries;
    private final ProducerTemplate routes;
    private final Clock clock;

    SubjectPublisher(
            ResourceTables resources,
            ScheduleTables scheduleTables,
            SubjectTables subjects,
            Roster roster,
            PushedDeliveries deliveries,
            ProducerTemplate routes,
            Clock clock) {
        this.resources = resources;
        this.scheduleTables = scheduleTables;
        this.subjects = subjects;
        this.roster = roster;
        this.deliveries = deliveries;
        this.routes = routes;
        this.clock = clock;
    }

    /** A message of the vendor: publishes what changed, confirms what was repeated. */
    public void publish(Source source, Terms terms, Instant at, TouchedResources what) {
        publish(source, terms, at, what, List.of());
    }

    /** @param written by this transaction, at this instant, in order not to read it again */
    public void publish(
            Source source,
            Terms terms,
            Instant at,
            TouchedResources what,
            List<ResourceTables.NewResourceState> written) {
        String vendor = source.name();
        Set<String> schedules = new HashSet<>(what.schedules());
        schedules.addAll(scheduleTables.schedulesAround(vendor, what.others()));
        ResourcesInHand hand = new ResourcesInHand(vendor, resources);
        hand.wrote(written);
        Set<String> touched = assignSubjects(List.copyOf(schedules), hand);
        Set<String> repeated = new TreeSet<>();
        if (!what.repeated().isEmpty()) {
            scheduleTables.subjectsOf(vendor, what.repeated()).values().forEach(repeated::addAll);
            repeated.removeAll(touched);
        }
        if (!touched.isEmpty()) {
            Set<String> all = new TreeSet<>(touched);
            all.addAll(repeated);
            Set<String> admitted = subjects.lock(vendor, all);
            boolean small = isSmall(schedules);
            deliver(
                    new Delivering(source, terms, at, true, admitted, small && !written.isEmpty() ? at : null),
                    touched,
                    small ? hand : null);
        }
        if (!repeated.isEmpty()) {
            confirm(source, terms, at, repeated);
        }
        deliveries.recordContact(source, at);
    }

    /** Nothing has changed for these. */
    public void confirm(Source source, Terms terms, Instant at, Set<String> repeated) {
        confirm(source, terms, at, repeated, subjects.confirmed(source.name(), at, repeated));
    }

    /** Nothing has changed for anyone. @return how many subjects the vendor has ever delivered */
    public int confirmEverything(Source source, Terms terms, Instant at) {
        int known = subjects.confirmed(source.name(), at);
        confirm(source, terms, at, Set.of(), subjects.admitted(source.name()));
        deliveries.recordContact(source, at);
        return known;
    }

    /**
     * Publishes again every subject whose index entries differ from the vendor's resources, so that what vanished comes
     * back. A vendor that is also polled may have answered differently since, so its resources are always published in
     * full.
     *
     * @param admitted the confirmed subjects who are in the index because of this vendor's resources
     */
    private void confirm(Source source, Terms terms, Instant at, Set<String> confirmed, Collection<String> admitted) {
        Set<String> lost = new TreeSet<>(admitted);
        if (terms.mode() != Vendor.Mode.BOTH) {
            Confirmation confirmation = new Confirmation(source, nationals(confirmed), at);
            lost.removeAll(values(routes.requestBody(CONFIRMED, (Object) confirmation, ConfirmationResult.class)
                    .held()));
        }
        if (terms.status() != Vendor.Status.TRIAL) {
            deliver(source, terms, at, lost, admitted);
        }
    }

    /** The vendor did not deliver what it should have: only the failure is published, no resource changes. */
    public void failed(Source source, Terms terms, Instant at, Answer.Trouble trouble) {
        Instant now = clock.instant();
        Window window = new Window(now, now.plus(terms.slotsAhead()));
        List<Subject> known = List.copyOf(nationals(subjects.admitted(source.name())));
        for (int from = 0; from < known.size(); from += SUBJECTS_AT_ONCE) {
            Set<Subject> some = Set.copyOf(known.subList(from, Math.min(known.size(), from + SUBJECTS_AT_ONCE)));
            routes.sendBody(
                    DELIVERED,
                    new Delivery(
                            UuidCreator.getTimeOrderedEpoch(at),
                            source,
                            Flow.INDIVIDUAL,
                            some,
                            window,
                            at,
                            Duration.ZERO,
                            new Answer.Failed(trouble),
                            List.of(),
                            terms.quirks(),
                            terms.status() == Vendor.Status.TRIAL));
        }
    }

    /** Determines whose these Schedules are now. @return their present and previous subjects */
    private Set<String> assignSubjects(List<String> schedules, ResourcesInHand hand) {
        Set<String> touched = new TreeSet<>();
        for (int from = 0; from < schedules.size(); from += SCHEDULES_AT_ONCE) {
            assignSubjects(
                    schedules.subList(from, Math.min(schedules.size(), from + SCHEDULES_AT_ONCE)),
                    isSmall(schedules) ? hand : new ResourcesInHand(hand.vendor(), resources),
                    touched);
        }
        return touched;
    }

    /** Whether all that belongs to them fits into memory at once. */
    private static boolean isSmall(Collection<String> schedules) {
        return schedules.size() <= SCHEDULES_AT_ONCE;
    }

    private void assignSubjects(List<String> schedules, ResourcesInHand hand, Set<String> touched) {
        Map<String, Set<String>> before = scheduleTables.subjectsOf(hand.vendor(), schedules);
        Map<ResourceAddress, String> contents = hand.contents(schedules.stream()
                .map(id -> new ResourceAddress("Schedule", id))
                .toList());
        ReferenceClosure closure = ReferenceClosure.of(contents, List.of(), hand);
        before.values().forEach(touched::addAll);
        Map<String, Set<String>> different = new HashMap<>();
        contents.keySet().forEach(address -> {
            Set<String> whose = closure.subjectsOf(Objects.requireNonNull(closure.find(address)));
            touched.addAll(whose);
            if (!whose.equals(before.get(address.id()))) {
                different.put(address.id(), whose);
            }
        });
        scheduleTables.belong(hand.vendor(), different);
    }

    /**
     * @param heardAt when the vendor last delivered them: the age of this knowledge
     * @param spoken whether it did so just now; subjects outside its roster are then included, so that they are
     *     reported
     * @param admitted those who are in the index because of this vendor's resources, as locked
     * @param writtenAt at which this transaction wrote what it has in hand; null if it wrote nothing
     */
    private record Delivering(
            Source source,
            Terms terms,
            Instant heardAt,
            boolean spoken,
            Set<String> admitted,
            @Nullable Instant writtenAt) {}

    /**
     * Publishes everything known about these subjects, which the vendor's present request does not mention.
     *
     * @param heardAt when the vendor last delivered them: the age of this knowledge
     * @param admitted those of them who are in the index because of this vendor's resources, as locked
     */
    public void deliver(
            Source source, Terms terms, Instant heardAt, Collection<String> all, Collection<String> admitted) {
        deliver(new Delivering(source, terms, heardAt, false, Set.copyOf(admitted), null), all, null);
    }

    /** @param hand null: each part has its own, so that memory stays bounded */
    private void deliver(Delivering delivering, Collection<String> all, @Nullable ResourcesInHand hand) {
        List<String> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += SUBJECTS_AT_ONCE) {
            deliverSome(
                    delivering,
                    list.subList(from, Math.min(list.size(), from + SUBJECTS_AT_ONCE)),
                    hand != null ? hand : new ResourcesInHand(delivering.source.name(), resources));
        }
    }

    private void deliverSome(Delivering delivering, List<String> some, ResourcesInHand hand) {
        Source source = delivering.source;
        Terms terms = delivering.terms;
        Instant now = clock.instant();
        Set<Subject> admitted = roster.admitted(source, nationals(some));
        Set<Subject> asked = new HashSet<>(
                nationals(some.stream().filter(delivering.admitted::contains).toList()));
        Set<String> withdrawn = new HashSet<>(values(asked));
        withdrawn.removeAll(values(admitted));
        asked.addAll(admitted);
        Set<String> described = delivering.spoken ? new TreeSet<>(some) : values(admitted);
        described.removeAll(withdrawn);
        Window window =
                new Window(now.minus(LONGEST_SLOT), now.plus(terms.slotsAhead()).plus(BEYOND_THE_HORIZON));
        Window freeTimes = new Window(now, now.plus(terms.horizon()).plus(BEYOND_THE_HORIZON));
        SubjectSearchset composition =
                SubjectSearchset.of(described, window, freeTimes, delivering.writtenAt, hand, scheduleTables);
        Set<String> admittedValues = values(admitted);
        subjects.published(
                source.name(),
                delivering.heardAt,
                some.stream()
                        .map(subject -> new SubjectTables.PublishedSubject(
                                subject,
                                admittedValues.contains(subject),
                                composition.dueAt(subject, now, terms.slotsAhead())))
                        .toList());
        for (Flow flow : flows(terms)) {
            boolean practitioners = flow != Flow.SOS;
            Set<Subject> ofThisKind = asked.stream()
                    .filter(subject -> subject instanceof PractitionerId == practitioners)
                    .collect(Collectors.toSet());
            byte @Nullable [] page = composition.bundle(practitioners, base(terms));
            if (page != null || !ofThisKind.isEmpty()) {
                byte[] said = page == null ? SubjectSearchset.empty(base(terms)) : page;
                routes.sendBody(DELIVERED, delivery(delivering, flow, ofThisKind, window, now, said));
            }
        }
    }

    private static Delivery delivery(
            Delivering delivering, Flow flow, Set<Subject> asked, Window window, Instant now, byte[] page) {
        Instant heardAt = delivering.heardAt;
        Duration took = Duration.between(heardAt, now);
        return new Delivery(
                UuidCreator.getTimeOrderedEpoch(heardAt),
                delivering.source,
                flow,
                asked,
                window,
                heardAt,
                took.isNegative() ? Duration.ZERO : took,
                Answer.COMPLETE,
                List.of(page),
                delivering.terms.quirks(),
                delivering.terms.status() == Vendor.Status.TRIAL);
    }

    private static String base(Terms terms) {
        String base = terms.base();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static List<Flow> flows(Terms terms) {
        return List.of(terms.flows().contains(Flow.CPTS) ? Flow.CPTS : Flow.INDIVIDUAL, Flow.SOS);
    }

    private static Set<Subject> nationals(Collection<String> values) {
        Set<Subject> subjects = new HashSet<>();
        values.forEach(value -> Subject.ofNational(value).ifPresent(subjects::add));
        return subjects;
    }

    private static Set<String> values(Collection<Subject> subjects) {
        return subjects.stream().map(Subject::value).collect(Collectors.toCollection(TreeSet::new));
    }
}
