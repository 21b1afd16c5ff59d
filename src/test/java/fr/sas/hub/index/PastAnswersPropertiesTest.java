package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.agenda.place.PlaceNoticesChanged;
import fr.sas.hub.health.VendorLevers;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Confirmation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.GhostSuspicions;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorRemoved;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestContextManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever happened: what is explained as shown is what a search finds now, and what it found then. */
@HubTest
@Import(MovableClock.Wound.class)
class PastAnswersPropertiesTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final List<Source> VENDORS = List.of(SOLEIL, LUNE);
    private static final Duration FOR_LONG = Duration.ofDays(30);
    private static final Settings HIDING =
            Settings.builder().vendorSlotsHidden(true).build();
    /** Something that happens, so many seconds after what happened before. */
    private record Step(int seconds, What what) {}

    private sealed interface What {}

    /** @param how 0-5 completely, 6-7 in part, 8-9 failing; @param late asked for so many minutes ago */
    private record Says(Source source, int how, int late, int hours, List<Said> slots) implements What {}

    private record Said(int quarter, int minutes, String place, int name, boolean bookable) {}

    private record Refuses(boolean refuses) implements What {}

    /** Nobody is there for so many minutes from now on (or in an hour); 0: somebody is. */
    private record Away(String place, boolean later, int minutes) implements What {}

    /** What a vendor that delivers said last holds; of everybody, or of this subject. */
    private record Confirms(Source source, boolean everybody) implements What {}

    /** Somebody declares a booking; {@code named}: by the vendor's own name of some slot, {@code forAll}: of every source. */
    private record Books(
            Source by,
            int quarter,
            int minutes,
            String place,
            @Nullable String named,
            boolean forAll) implements What {}

    /** The oldest booking that stands. */
    private record Cancels() implements What {}

    /** An operator pauses a vendor or resumes it, puts it on trial or makes it live. */
    private record Stands(Source vendor, String action) implements What {}

    /** Its shown slots turn out to be gone too often, or no more. */
    private record Doubted(Source vendor, boolean doubted) implements What {}

    /** A vendor leaves with its slots, and its descriptor is put back at once. */
    private record LeavesAndReturns(Source vendor) implements What {}

    private record Sweep() implements What {}

    private record Passes() implements What {}

    /** What a search found at an instant. */
    private record Answered(Instant at, List<MergedSlot> slots) {}

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Explanations explanations;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PastSlots pastSlots;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    VendorLevers levers;

    @Autowired
    GhostSuspicions ghostSuspicions;

    @Autowired
    BookedSlots booked;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private final Deque<UUID> bookings = new ArrayDeque<>();

    @Value("${hub.connectors}")
    Path connectors;

    private PractitionerId alice = Batches.newPractitioner();

    @BeforeTry
    void the_hub_runs() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        alice = Batches.newPractitioner();
        clock.moveTo(EIGHT.minusSeconds(1));
        jdbc.update("DELETE FROM index_heard WHERE kind = 'CONFIRMED'"); // of everybody, at instants that come again
        bookings.clear();
        LiveVendors.areIn(connectors, vendors);
        vendorsAreAsEver();
        jdbc.update("DELETE FROM index_circumstance WHERE until <> 'infinity' AND what = 'vendor'");
        jdbc.update(
                "UPDATE index_circumstance SET since = '2026-01-01Z' WHERE until = 'infinity' AND what <> 'notices'");
        jdbc.update("INSERT INTO agenda_subject (subject, given) VALUES (?, '{}')", alice.value());
    }

    /** Other tests share these vendors. */
    @AfterTry
    void vendorsAreAsEver() {
        for (Source vendor : VENDORS) {
            ghostSuspicions.found(vendor, 10, 0, false, FOR_LONG);
            act(vendor, "live");
            act(vendor, "resume");
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void what_is_explained_as_shown_is_what_a_search_finds_and_found(
            @ForAll("histories") List<Step> history, @ForAll("windows") Window window) {
        clock.moveTo(EIGHT);
        List<Answered> answered = new ArrayList<>();
        for (Step step : history) {
            clock.moveTo(clock.instant().plusSeconds(step.seconds));
            happens(step.what);
            if (!isAnythingKnownInPart()) {
                answered.add(new Answered(clock.instant(), found()));
            }
            assertThat(shown(window, null)).as("now").isEqualTo(within(window, found()));
            assertThat(foundOverHttp())
                    .as("what /fhir/Slot answers")
                    .isEqualTo(found().stream().map(MergedSlot::id).collect(Collectors.toSet()));
        }
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM index_slot_gone WHERE subject = ?", Long.class, alice.value()))
                .as("whatever left the index was kept aside")
                .isEqualTo(jdbc.queryForObject(
                        "SELECT coalesce(sum(removed), 0) FROM index_change WHERE subject = ?",
                        Long.class,
                        alice.value()));

        for (Answered then : answered) {
            assertThat(explanations.availabilityAt(alice, then.at).slots())
                    .as("answered at %s", then.at)
                    .isEqualTo(then.slots);
            assertThat(shown(window, then.at)).as("shown at %s", then.at).isEqualTo(within(window, then.slots));
        }
    }

    /** When a partial answer told of a slot is kept of its last time only: what that showed in the past is not told again. */
    private boolean isAnythingKnownInPart() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM index_slot WHERE subject = ? AND heard_in_part_at IS NOT NULL)",
                Boolean.class,
                alice.value()));
    }

    private List<MergedSlot> found() {
        return Objects.requireNonNull(index.availabilityOf(List.of(alice)).get(alice))
                .slots();
    }

    private Set<String> foundOverHttp() {
        JsonNode answer = HubClient.at(port)
                .json(HubClient.slotsOf(
                        EIGHT.minus(Duration.ofHours(8)), EIGHT.plus(Duration.ofHours(64)), alice.value()));
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static List<MergedSlot> within(Window window, List<MergedSlot> slots) {
        return slots.stream().filter(slot -> window.holds(slot.slot().start())).toList();
    }

    /** What candidates are shown as, each once; those that lead say that they do, the others that they are merged. */
    private List<MergedSlot> shown(Window window, @Nullable Instant at) {
        List<Candidate> candidates = explanations.explain(alice, window, at).candidates();
        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.fate().isShown())
                        .isEqualTo(!candidate.shownAs().isEmpty()));
        return within(
                window,
                candidates.stream()
                        .flatMap(candidate -> candidate.shownAs().stream())
                        .distinct()
                        .sorted(Comparator.comparing(
                                        (MergedSlot slot) -> slot.slot().start())
                                .thenComparing(MergedSlot::id))
                        .toList());
    }

    private void happens(What what) {
        switch (what) {
            case Says says -> says(says);
            case Refuses refuses ->
                events.publishEvent(new ParticipationChanged(
                        alice,
                        refuses.refuses ? Settings.DEFAULT : HIDING,
                        refuses.refuses ? HIDING : Settings.DEFAULT));
            case Away away -> isAway(away);
            case Confirms confirms ->
                index.confirm(new Confirmation(
                        confirms.source, confirms.everybody ? Set.of() : Set.of(alice), clock.instant()));
            case Books books -> books(books);
            case Cancels cancels -> cancels();
            case Stands stands -> act(stands.vendor, stands.action);
            case Doubted doubted -> {
                ghostSuspicions.found(doubted.vendor, 10, 0.5, doubted.doubted, FOR_LONG);
                act(doubted.vendor, "forget-breaker");
            }
            case LeavesAndReturns leaves -> {
                index.on(new VendorRemoved(leaves.vendor));
                index.on(new VendorChanged(
                        leaves.vendor, vendors.find(leaves.vendor).orElseThrow().status()));
            }
            case Sweep sweep -> pastSlots.sweep();
            case Passes passes -> {}
        }
    }

    private void says(Says says) {
        Instant at = clock.instant().minus(Duration.ofMinutes(says.late));
        Instant to = at.plus(Duration.ofHours(says.hours));
        ScreenedBatchBuilder saying =
                ScreenedBatchBuilder.by(says.source, at, alice).about(at.minusSeconds(3600), to);
        if (says.how > 7) {
            saying.failing();
        } else {
            if (says.how > 5) {
                saying.inPart();
            }
            List<Integer> names = new ArrayList<>();
            says.slots.stream().filter(slot -> !names.contains(slot.name)).forEach(slot -> {
                names.add(slot.name);
                Instant start = EIGHT.plus(Duration.ofMinutes(15L * slot.quarter));
                if (!start.isBefore(at.minusSeconds(3600)) && !start.isAfter(to)) {
                    boolean bookable = slot.bookable && !says.source.isAgenda();
                    saying.slot(slot.place, start, slot.minutes, "r" + slot.name, bookable);
                }
            });
        }
        index.replace(saying.batch());
    }

    /** In force when it returns, as are doubts. */
    private void act(Source vendor, String action) {
        levers.perform(vendor, action, List.of(), "test", "the history says so");
    }

    private void books(Books books) {
        Instant start = EIGHT.plus(Duration.ofMinutes(15L * books.quarter));
        Instant end = start.plus(Duration.ofMinutes(books.minutes));
        if (end.isBefore(clock.instant())) {
            return;
        }
        UUID appointment = UUID.randomUUID();
        bookings.add(appointment);
        transaction.executeWithoutResult(status -> {
            booked.lock(List.of(alice));
            booked.take(new IndexedBooking(
                    appointment,
                    alice,
                    books.by,
                    books.named == null ? List.of() : List.of(books.named),
                    books.place,
                    null,
                    start,
                    end,
                    books.forAll));
        });
    }

    private void cancels() {
        if (!bookings.isEmpty()) {
            transaction.executeWithoutResult(status -> booked.letGo(bookings.remove(), false));
        }
    }

    private void isAway(Away away) {
        Instant from = away.later ? clock.instant().plus(Duration.ofHours(1)) : clock.instant();
        jdbc.update("""
                INSERT INTO agenda_place (subject, place, zone, away_since) VALUES (?, ?, 'Europe/Paris', ?)
                ON CONFLICT (subject, place) DO UPDATE SET away_since = excluded.away_since""", alice.value(), away.place, away.minutes == 0 ? null : Timestamp.from(from));
        events.publishEvent(new PlaceNoticesChanged(Set.of(alice)));
    }

    @Provide
    Arbitrary<Window> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(-8, 8),
                        Arbitraries.integers().between(0, 40))
                .as((from, length) -> new Window(
                        EIGHT.plus(Duration.ofMinutes(30L * from)),
                        EIGHT.plus(Duration.ofMinutes(30L * (from + length)))));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<What> what = Arbitraries.frequencyOf(
                Tuple.of(12, sayings().map(says -> (What) says)),
                Tuple.of(2, Arbitraries.of(true, false).map(Refuses::new)),
                Tuple.of(3, absences().map(away -> (What) away)),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(SOLEIL, LUNE), Arbitraries.of(true, false))
                                .as(Confirms::new)),
                Tuple.of(3, bookings().map(books -> (What) books)),
                Tuple.of(1, Arbitraries.just(new Cancels())),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(VENDORS), Arbitraries.of("pause", "resume", "trial", "live"))
                                .as(Stands::new)),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(VENDORS), Arbitraries.of(true, false))
                                .as(Doubted::new)),
                Tuple.of(1, Arbitraries.of(VENDORS).map(LeavesAndReturns::new)),
                Tuple.of(1, Arbitraries.just(new Sweep())),
                Tuple.of(3, Arbitraries.just(new Passes())));
        Arbitrary<Integer> seconds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 90)),
                Tuple.of(1, Arbitraries.integers().between(200, 1500)));
        return Combinators.combine(seconds, what)
                .as(Step::new)
                .list()
                .ofMinSize(8)
                .ofMaxSize(24);
    }

    private static Arbitrary<Says> sayings() {
        Arbitrary<Said> slots = Combinators.combine(
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(15, 30, 120),
                        Arbitraries.of("here", "there"),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(true, true, false))
                .as(Said::new);
        return Combinators.combine(
                        Arbitraries.of(SOLEIL, SOLEIL, LUNE, Source.AGENDA),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(0, 0, 0, 1, 3),
                        Arbitraries.of(1, 72),
                        slots.list().ofMaxSize(6))
                .as((source, how, late, hours, said) -> source.isAgenda()
                        ? new Says(source, 0, 0, 72, said)
                        : new Says(source, how, late, hours, said));
    }

    private static Arbitrary<Books> bookings() {
        return Combinators.combine(
                        Arbitraries.of(VENDORS),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(15, 30),
                        Arbitraries.of("here", "there"),
                        Arbitraries.of("r0", "r1", "r2").injectNull(0.5),
                        Arbitraries.of(true, false))
                .as(Books::new);
    }

    private static Arbitrary<Away> absences() {
        return Combinators.combine(Arbitraries.of("here", "there"), Arbitraries.of(true, false), Arbitraries.of(0, 60))
                .as(Away::new);
    }
}
