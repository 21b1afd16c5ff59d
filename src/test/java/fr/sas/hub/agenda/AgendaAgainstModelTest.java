package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.agenda.AgendaStory.Step;
import fr.sas.hub.agenda.AgendaStory.Times;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever people do to a weekly agenda, in whatever order, in the weeks around the changes of the clocks: after every
 * step search finds, and the agenda lists, also of the past, what a slow obvious model of it says; and what the model
 * refuses is refused.
 */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaAgainstModelTest {

    private static final Map<ZoneId, String> POSTAL_CODES = Map.of(
            ZoneId.of("Europe/Paris"), "75001",
            ZoneId.of("America/Miquelon"), "97500",
            ZoneId.of("America/Cayenne"), "97300",
            ZoneId.of("Indian/Reunion"), "97400",
            ZoneId.of("Pacific/Noumea"), "98800",
            ZoneId.of("Pacific/Wallis"), "98600",
            ZoneId.of("Pacific/Tahiti"), "98700",
            ZoneId.of("Pacific/Marquesas"), "98742");
    private static final List<String> AROUND_CHANGES = List.of("2026-03-20", "2026-02-27", "2026-10-16", "2026-06-12");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    AgendaPublisher agendaPublisher;

    private int compared;

    /** Where and when a story begins. */
    record Setting(ZoneId zone, Instant now) {}

    @BeforeProperty
    void the_hub_runs() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void search_finds_and_the_agenda_lists_what_the_model_says(
            @ForAll("settings") Setting setting, @ForAll("entries") Step first, @ForAll("stories") List<Step> story) {
        clock.moveTo(setting.now);
        Portal agenda = Portal.of(port, Batches.newPractitioner(), POSTAL_CODES.getOrDefault(setting.zone, ""));
        AgendaStory told = new AgendaStory(agenda, new AgendaModel(setting.zone, setting.now), clock, agendaPublisher);

        told.happens(first);
        for (Step step : story) {
            told.happens(step);
            compared += told.compare();
        }
    }

    @AfterProperty
    void something_was_compared() {
        assertThat(compared).as("slots compared").isGreaterThan(500);
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of(POSTAL_CODES.keySet()),
                        Arbitraries.of(AROUND_CHANGES),
                        Arbitraries.integers().between(0, 24 * 4 - 1))
                .as((zone, day, quarter) ->
                        new Setting(zone, Instant.parse(day + "T00:00:00Z").plusSeconds(quarter * 900L)));
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, entries()),
                        Tuple.of(3, on(day(-3)).as(Step.DeleteOne::new)),
                        Tuple.of(
                                3,
                                Combinators.combine(
                                                entry(),
                                                day(-3),
                                                Arbitraries.integers().between(0, 2),
                                                times())
                                        .as(Step.ChangeOne::new)),
                        Tuple.of(2, on(day(-3)).as(Step.Restore::new)),
                        Tuple.of(
                                3,
                                Combinators.combine(entry(), day(-3), days(), times())
                                        .as(Step.ChangeFrom::new)),
                        Tuple.of(1, on(day(-3)).as(Step.DeleteFrom::new)),
                        Tuple.of(
                                3,
                                Combinators.combine(entry(), day(0).injectNull(0.6), days(), times())
                                        .as(Step.ChangeAll::new)),
                        Tuple.of(1, entry().map(Step.DeleteAll::new)),
                        Tuple.of(
                                2,
                                Combinators.combine(
                                                day(0), Arbitraries.integers().between(0, 3))
                                        .as(Step.Away::new)),
                        Tuple.of(1, Arbitraries.create(Step.AwayFromNow::new)),
                        Tuple.of(2, Arbitraries.create(Step.Back::new)),
                        Tuple.of(
                                5,
                                Arbitraries.integers().between(1, 5 * 24 * 60).map(Step.Wait::new)))
                .list()
                .ofMaxSize(30)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Provide
    Arbitrary<Step> entries() {
        return Combinators.combine(Arbitraries.integers().between(-1, 6), days(), times())
                .as(Step.Type::new);
    }

    private static Combinators.Combinator2<Integer, Integer> on(Arbitrary<Integer> day) {
        return Combinators.combine(entry(), day);
    }

    private static Arbitrary<Integer> entry() {
        return Arbitraries.integers().between(0, 5);
    }

    /** Most of those that somebody changes are near. */
    private static Arbitrary<Integer> day(int first) {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(first, 4).shrinkTowards(0),
                Arbitraries.integers().between(first, 20).shrinkTowards(0));
    }

    private static Arbitrary<Set<DayOfWeek>> days() {
        return Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Times> times() {
        Arbitrary<LocalTime> quarter =
                Arbitraries.integers().between(0, 24 * 4 - 1).map(number -> LocalTime.MIN.plusMinutes(number * 15L));
        return Combinators.combine(
                        quarter,
                        Arbitraries.oneOf(
                                Arbitraries.just(15), Arbitraries.integers().between(7, 23 * 60)),
                        Arbitraries.integers().between(1, 2))
                .as((start, minutes, patients) -> new Times(start, start.plusMinutes(minutes), patients));
    }
}
