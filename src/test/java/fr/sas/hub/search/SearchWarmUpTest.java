package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.SubjectsSearched;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.util.unit.DataSize;

/** Before a node answers others, it answers itself. */
@HubTest
class SearchWarmUpTest {

    private static final List<PractitionerId> KNOWN =
            IntStream.range(8100, 8140).mapToObj(Batches::practitioner).toList();

    private final Instant now = Instant.now();

    @Autowired
    SubjectShelf shelf;

    @Autowired
    RenderingPreparer filling;

    @Autowired
    ReadySubjects kept;

    @Autowired
    SourceFreshnessPolicy freshness;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    OwnFrontDoor door;

    @Autowired
    Searches searches;

    @Autowired
    MeterRegistry meters;

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void answers_made_to_warm_up_are_not_counted_as_searches() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        Map<String, Double> before = searchesCounted();

        assertThat(warmUp(Duration.ofMillis(300)).warmUp()).isPositive();

        assertThat(searchesCounted()).isEqualTo(before);
    }

    @Test
    void a_warm_up_of_no_time_makes_no_answer() {
        assertThat(warmUp(Duration.ZERO).warmUp()).isZero();
    }

    @Test
    void a_node_is_not_ready_before_its_shelf_is_filled_however_short_its_warm_up() {
        CountDownLatch looks = new CountDownLatch(1);
        RenderingPreparer stillFilling = fillingAfter(looks, lookThatRendered());
        try {
            SearchWarmUp warmUp = warmUp(stillFilling, kept, door, Duration.ZERO);
            Thread starting = Thread.ofPlatform().daemon().start(warmUp::start);
            await().until(() -> starting.getState() == Thread.State.WAITING);
            assertThat(warmUp.isRunning()).isFalse();

            looks.countDown();

            await().until(warmUp::isRunning);
        } finally {
            stillFilling.stop();
        }
    }

    @Test
    void a_node_that_rendered_for_longer_than_it_warmed_up_warms_up_again_before_it_is_ready() {
        Set<Thread> warmUps = warmUpsOfALongStart(lookThatRendered());

        await().until(() -> warmUps.size() == 2);
    }

    @Test
    void a_node_whose_shelf_was_long_filled_with_what_is_stored_warms_up_once() {
        InitialFillWait look = new InitialFillWait(Duration.ofDays(1), Duration.ofDays(1));
        look.lookedAtSome(false);

        assertThat(warmUpsOfALongStart(look)).hasSize(1);
    }

    private static InitialFillWait lookThatRendered() {
        InitialFillWait look = new InitialFillWait(Duration.ZERO, Duration.ofDays(1));
        look.lookedAtSome(true);
        return look;
    }

    private Set<Thread> warmUpsOfALongStart(InitialFillWait look) {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        CountDownLatch looks = new CountDownLatch(1);
        RenderingPreparer stillFilling = fillingAfter(looks, look);
        Set<Thread> asking = ConcurrentHashMap.newKeySet();
        ReadySubjects known = mock();
        when(known.after(any(), anyInt())).thenAnswer(asked -> {
            asking.add(Thread.currentThread());
            return List.copyOf(KNOWN);
        });
        try {
            SearchWarmUp warmUp = warmUp(stillFilling, known, mock(), Duration.ofMillis(100));
            Thread.ofPlatform().daemon().start(warmUp::start);
            await().until(() -> asking.size() == 1 && asking.stream().noneMatch(Thread::isAlive));

            looks.countDown();

            await().until(warmUp::isRunning);
            return asking;
        } finally {
            stillFilling.stop();
        }
    }

    private RenderingPreparer fillingAfter(CountDownLatch looks, InitialFillWait look) {
        ReadySubjects slow = mock();
        when(slow.after(any(), anyInt())).thenAnswer(asked -> {
            looks.await();
            return List.of();
        });
        RenderingPreparer filling = new RenderingPreparer(shelf, slow, look, Clock.systemUTC());
        filling.start();
        return filling;
    }

    @Test
    void a_warm_up_goes_through_the_web_server() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        long before = searchesServed();

        int answers = warmUp(Duration.ofMillis(300)).warmUp();

        await().untilAsserted(() -> assertThat(searchesServed() - before)
                .as("the last is counted after it is sent")
                .isGreaterThanOrEqualTo(answers));
    }

    @Test
    void nobody_is_in_demand_because_of_a_warm_up() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        Set<Subject> searched = ConcurrentHashMap.newKeySet();
        ApplicationListener<PayloadApplicationEvent<SubjectsSearched>> demand = new ApplicationListener<>() {
            @Override
            public void onApplicationEvent(PayloadApplicationEvent<SubjectsSearched> event) {
                searched.addAll(event.getPayload().subjects());
            }
        };
        context.addApplicationListener(demand);
        try {
            assertThat(warmUp(Duration.ofMillis(300)).warmUp()).isPositive();
        } finally {
            context.removeApplicationListener(demand);
        }

        assertThat(searched).doesNotContainAnyElementsOf(KNOWN);
        assertThat(searched).noneMatch(subject -> subject.value().startsWith("8999991"));
    }

    @Test
    void a_node_that_does_not_answer_at_its_own_address_warms_up_without_it() throws IOException {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        OwnFrontDoor closed = mock();
        when(closed.isPlain()).thenReturn(true);
        when(closed.search(any(), any())).thenThrow(new IOException("421"));

        assertThat(warmUp(filling, kept, closed, Duration.ofMillis(300)).warmUp())
                .isPositive();
    }

    @Test
    void a_warm_up_meets_what_callers_ask_for_practitioners_whom_nobody_knows_and_windows_of_different_lengths()
            throws IOException {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, KNOWN, now.plus(Duration.ofHours(1)), 20), Map.of()));
        Set<String> sent = ConcurrentHashMap.newKeySet();
        OwnFrontDoor listening = mock();
        when(listening.isPlain()).thenReturn(true);
        when(listening.search(any(), any())).thenAnswer(asked -> {
            sent.addAll(asked.getArgument(0));
            throw new IOException("heard enough");
        });

        warmUp(filling, kept, listening, Duration.ofMillis(300)).warmUp();

        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(search -> assertThat(search.split("%7C8999991", -1)).hasSizeGreaterThan(2));
        assertThat(sent.stream().map(SearchWarmUpTest::daysAsked).distinct()).containsExactlyInAnyOrder(1L, 3L);
    }

    private static long daysAsked(String search) {
        Matcher window = Pattern.compile("start=ge([^&]+)&start=le([^&]+)").matcher(search);
        assertThat(window.find()).isTrue();
        return Duration.between(Instant.parse(window.group(1)), Instant.parse(window.group(2)))
                .toDays();
    }

    @Test
    void a_first_search_that_takes_longer_than_it_may_is_an_answer_all_the_same() throws IOException {
        String search = "status=free&start=ge" + now + "&start=le" + now.plus(Duration.ofDays(1))
                + "&schedule.actor:Practitioner.identifier=" + PractitionerId.SYSTEM + "%7C"
                + KNOWN.getFirst().value();

        assertThat(door.search(List.of(search), Duration.ZERO)).isOne();
    }

    @Test
    void a_search_that_the_node_refuses_itself_ends_the_warm_up_with_its_status() {
        assertThatThrownBy(() -> door.search(List.of("unknown=1"), Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("400");
    }

    private long searchesServed() {
        return meters.find("http.server.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private SearchWarmUp warmUp(Duration atMost) {
        return warmUp(filling, kept, door, atMost);
    }

    private SearchWarmUp warmUp(RenderingPreparer filling, ReadySubjects kept, OwnFrontDoor door, Duration atMost) {
        SearchSettings settings = new SearchSettings(
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                1,
                Duration.ZERO,
                Duration.ZERO,
                DataSize.ofMegabytes(1),
                atMost,
                Duration.ofDays(1));
        return new SearchWarmUp(shelf, filling, kept, freshness, door, searches, settings, Clock.systemUTC());
    }

    private Map<String, Double> searchesCounted() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("hub.search"))
                .filter(meter -> meter.getId().getType() != Meter.Type.GAUGE)
                .collect(Collectors.toMap(
                        meter -> meter.getId().toString(),
                        meter -> StreamSupport.stream(meter.measure().spliterator(), false)
                                .findFirst()
                                .orElseThrow()
                                .getValue()));
    }
}
