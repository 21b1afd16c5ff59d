package fr.sas.hub.index;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.agenda.place.PlaceNotices;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door for explanations: the fate of every known slot, now or at an instant in the past. Answers are
 * assembled exactly as for searches ({@link AnswerAssembly}); only their inputs come from the past.
 */
@Service
public class Explanations {

    /** "Now" covers everything written, even by a node whose clock is ahead. */
    private static final Duration WHATEVER_CLOCKS_SAY = Duration.ofDays(1);

    private final IndexReader reader;
    private final PastReader past;
    private final HoldTables holds;
    private final AnswerInputsJournal answerInputsJournal;
    private final SourceFreshnessPolicy freshnessPolicy;
    private final Participation participation;
    private final PlaceNotices notices;
    private final Roster roster;
    private final FreshnessSettings freshness;
    private final IndexSettings settings;
    private final Clock clock;

    Explanations(
            IndexReader reader,
            PastReader past,
            HoldTables holds,
            AnswerInputsJournal answerInputsJournal,
            SourceFreshnessPolicy freshnessPolicy,
            Participation participation,
            PlaceNotices notices,
            Roster roster,
            FreshnessSettings freshness,
            IndexSettings settings,
            Clock clock) {
        this.reader = reader;
        this.past = past;
        this.holds = holds;
        this.answerInputsJournal = answerInputsJournal;
        this.freshnessPolicy = freshnessPolicy;
        this.participation = participation;
        this.notices = notices;
        this.roster = roster;
        this.freshness = freshness;
        this.settings = settings;
        this.clock = clock;
    }

    /** Records how long sources are trusted from now on, as this hub is configured. */
    @EventListener(ApplicationReadyEvent.class)
    void rememberFreshness() {
        answerInputsJournal.isSo(
                AnswerInputsJournal.FRESHNESS, AnswerInputsJournal.OF_THE_HUB, PastDocument.of(freshness));
    }

    /** The earliest instant that can be explained. */
    public Instant earliest() {
        Instant kept = clock.instant().minus(settings.changesKept());
        return past.begins().filter(begins -> begins.isAfter(kept)).orElse(kept);
    }

    /**
     * Every known slot of the subject that begins in the window, with its fate.
     *
     * @param at not before {@link #earliest()} and not in the future; null for now
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Explanation explain(Subject subject, Window window, @Nullable Instant at) {
        Instant then = at == null ? clock.instant() : at;
        Instant written = at == null ? then.plus(WHATEVER_CLOCKS_SAY) : at;
        PastTrust trust = past.trust(written, freshness);
        PastReader.SettingsThen set = settings(subject, written);
        PastReader.Notices said = notices(subject, written);
        List<IndexReader.SlotRow> slots = past.slots(subject, written);
        List<IndexReader.SlotRow> ended = new ArrayList<>();
        List<IndexReader.SlotRow> toCome = new ArrayList<>();
        slots.forEach(row -> (row.slot().isPastAt(then) ? ended : toCome).add(row));
        AnswerAssembly assembly = new AnswerAssembly(new AnswerInputs(
                subject,
                commitment(subject, set, written),
                at == null
                        ? reader.statuses(Map.of(subject.value(), subject)).getOrDefault(subject, List.of())
                        : past.statuses(subject, then, trust.freshness().hiddenAfter()),
                polledVendors(subject),
                toCome,
                said.said(),
                at == null ? freshnessPolicy : trust,
                then));
        return new Explanation(
                then,
                set.settings(),
                set.since(),
                assembly.statuses.stream()
                        .map(status -> statement(status, assembly, trust))
                        .toList(),
                new FateExplainer(assembly, trust, said.since())
                        .candidates(window, ended, past.gone(subject, window, written)));
    }

    /** What a search found for the subject at an instant in the past. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Availability availabilityAt(Subject subject, Instant at) {
        PastTrust trust = past.trust(at, freshness);
        return new AnswerAssembly(new AnswerInputs(
                        subject,
                        commitment(subject, settings(subject, at), at),
                        past.statuses(subject, at, trust.freshness().hiddenAfter()),
                        Set.of(),
                        past.slots(subject, at).stream()
                                .filter(row -> !row.slot().isPastAt(at))
                                .toList(),
                        notices(subject, at).said(),
                        trust,
                        at))
                .availability();
    }

    /**
     * The slots of an answer that never entered the index because they were already booked when it arrived. Bookings whose
     * slots have ended are not kept.
     *
     * @param slots every slot of the subject in one answer of the source, in its order
     * @param fetchedAt when the request for the answer was sent
     * @param at the instant explained; null for now
     */
    @Transactional(readOnly = true)
    public Set<Slot> keptOutByBookings(
            Subject subject, Source source, Instant fetchedAt, List<Slot> slots, @Nullable Instant at) {
        List<BookingHold> held = holds.at(subject, at == null ? clock.instant().plus(WHATEVER_CLOCKS_SAY) : at);
        Set<String> left = BookingHold.apply(held, source, fetchedAt, slots).stream()
                .map(Explanations::name)
                .collect(Collectors.toSet());
        return slots.stream().filter(slot -> !left.contains(name(slot))).collect(Collectors.toSet());
    }

    private static String name(Slot slot) {
        return slot.reference() + " " + slot.start() + " " + slot.end() + " " + slot.place();
    }

    /** What the index took from these deliveries; those it never received are missing. */
    public Map<UUID, DeliveryEffect> effectsOf(Collection<UUID> deliveries) {
        return past.effectsOf(deliveries);
    }

    private Set<Source> polledVendors(Subject subject) {
        return Objects.requireNonNull(roster.vendorsAskedFor(List.of(subject)).getOrDefault(subject, Set.of()));
    }

    /** If nothing has changed since the records began, today's settings. */
    private PastReader.SettingsThen settings(Subject subject, Instant at) {
        return past.settings(subject, at)
                .orElseGet(() -> new PastReader.SettingsThen(today(subject).settings(), null));
    }

    /** As far as answers depend on it: for a structure, whether it was a health centre. */
    private Commitment commitment(Subject subject, PastReader.SettingsThen set, Instant at) {
        return subject instanceof StructureId structure
                        && past.isCentre(subject, at)
                                .orElseGet(() -> today(subject).isOfCentre(subject))
                ? new Commitment(set.settings(), List.of(new Commitment.AtCentre(structure, Set.of(), false)))
                : new Commitment(set.settings(), List.of());
    }

    private Commitment today(Subject subject) {
        return participation.commitmentsOf(List.of(subject)).getOrDefault(subject, Commitment.NONE);
    }

    /** If nothing has changed since the records began, today's notices. */
    private PastReader.Notices notices(Subject subject, Instant at) {
        Optional<PastReader.Notices> then = past.notices(subject, at);
        if (then.isPresent()) {
            return then.get();
        }
        Map<Subject, List<PlaceNotice>> now = notices.of(List.of(subject));
        return new PastReader.Notices(now.getOrDefault(subject, List.of()), null);
    }

    private static Explanation.SourceStatement statement(
            SourceStatus status, AnswerAssembly assembly, PastTrust trust) {
        PastTrust.RecordedVendor vendor = trust.vendors().get(status.source());
        return new Explanation.SourceStatement(
                status,
                assembly.freshnessOf(status.source()),
                vendor == null ? null : vendor.vendor().status().name().toLowerCase(java.util.Locale.ROOT));
    }
}
