package fr.sas.hub.search;

import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.search.parameter.SearchedSubjects;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * A node sends searches to itself before it serves anybody, so that the JVM has compiled the code of a search when the first
 * request comes: without this, a node answered at a twentieth of its steady rate in the first second after a start
 * (docs/decisions/0089). It searches at its own address as the platform does, or from within if that address requires TLS. It lasts
 * until the compilers have little left to do, at most {@code hub.search.warm-up}; a hub that knows nobody has nothing to warm up
 * with. These answers do not count as searches, and put nobody in demand.
 */
@Component
class SearchWarmUp implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SearchWarmUp.class);

    private static final String BASE = "http://localhost/fhir";
    private static final Duration THREE_DAYS = Duration.ofDays(3);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int SAMPLE = 1_000;
    /** Different searches made of the sample. */
    private static final int SEARCHES = 200;
    /** In each search. */
    private static final int STRANGERS = 2;

    private static final int DIFFERENT_STRANGERS = 100;

    /** The first digit of practitioners' national ids in the RPPS. */
    private static final String RPPS = "8";

    private static final Duration ROUND = Duration.ofMillis(500);
    /** Once the compilers work for less than this fraction of the time, the JVM has compiled what was waiting. */
    private static final int STILL_COMPILING = 5;

    private final SubjectShelf shelf;
    private final RenderingPreparer filling;
    private final ReadySubjects kept;
    private final SourceFreshnessPolicy freshness;
    private final OwnFrontDoor door;
    private final Searches others;
    private final SearchSettings settings;
    private final Clock clock;
    private final SearchFigures uncounted = new SearchFigures(new SimpleMeterRegistry());
    private final Random dice = new Random();
    private volatile boolean over;

    SearchWarmUp(
            SubjectShelf shelf,
            RenderingPreparer filling,
            ReadySubjects kept,
            SourceFreshnessPolicy freshness,
            OwnFrontDoor door,
            Searches others,
            SearchSettings settings,
            Clock clock) {
        this.shelf = shelf;
        this.filling = filling;
        this.kept = kept;
        this.freshness = freshness;
        this.door = door;
        this.others = others;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Waits no longer than allowed, whatever the database does; whatever goes wrong, the node serves requests. The shelf is
     * filled in the meantime, and waited for too. If most of it had to be rendered, and for longer than a warm-up lasts, as
     * after an outage, the processors were busy with that, and the node warms up once more.
     */
    @Override
    public void start() {
        long began = System.nanoTime();
        Thread warmer = warmer();
        try {
            filling.awaitInitialFill();
            Duration left = settings.warmUp().minusNanos(System.nanoTime() - began);
            if (left.isPositive()) {
                warmer.join(left);
            } else if (filling.hasMostlyRendered() && warmer.join(settings.warmUp())) {
                warmer().join(settings.warmUp());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
    }

    private Thread warmer() {
        return Thread.ofPlatform().name("search-warm-up").daemon().start(this::tryToWarmUp);
    }

    private void tryToWarmUp() {
        try {
            log.debug("Warmed up with {} answers", warmUp());
        } catch (DataAccessException | TransactionException e) {
            log.info("Not warmed up, so the first answers will be slow: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("Not warmed up, so the first answers will be slow", e);
        }
    }

    /** Starts after the web server has begun to listen, which does not yet report this node as ready. */
    @Override
    public int getPhase() {
        return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE;
    }

    @Override
    public void stop() {
        over = false;
    }

    @Override
    public boolean isRunning() {
        return over;
    }

    /** @return how many answers were made; 0 when the hub knows no practitioner */
    int warmUp() {
        long end = System.nanoTime() + settings.warmUp().toNanos();
        List<Subject> sample = settings.warmUp().isZero() ? List.of() : sample();
        if (sample.isEmpty()) {
            return 0;
        }
        List<String> searches = IntStream.range(0, SEARCHES)
                .mapToObj(i -> parameters(sample, clock.instant()))
                .toList();
        DeflatedRuns unkept = new DeflatedRuns(settings);
        others.answerItselfWith(unkept);
        try {
            return answerUntil(end, searches, unkept);
        } finally {
            others.answerItselfWith(new DeflatedRuns(settings));
        }
    }

    /** Or until the compilers have little left to do. */
    private int answerUntil(long end, List<String> searches, DeflatedRuns unkept) {
        int answers = 0;
        boolean compiling = true;
        boolean outside = door.isPlain();
        while (compiling && System.nanoTime() < end) {
            long began = System.nanoTime();
            Duration before = compiled();
            Duration left = Duration.ofNanos(Math.min(ROUND.toNanos(), end - began));
            int answered = outside ? searchOutside(searches, left) : answerWithin(searches, unkept, left);
            if (answered == 0) {
                outside = false;
                continue;
            }
            answers += answered;
            unkept.makeWhatIsWanted();
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            compiling = compiled().minus(before).compareTo(passed.dividedBy(STILL_COMPILING)) > 0;
        }
        return answers;
    }

    /** @return how many answers came; 0 if the node does not answer itself, as when it does not know its own address as one of its hosts */
    private int searchOutside(List<String> searches, Duration howLong) {
        try {
            return door.search(searches, howLong);
        } catch (IOException e) {
            log.info("Warming up without the web server: {}", e.getMessage());
            return 0;
        }
    }

    /** How long the compilers have worked, all of them together. */
    private static Duration compiled() {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return Duration.ofMillis(
                compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                        ? System.nanoTime() / 1_000_000
                        : compilers.getTotalCompilationTime());
    }

    /** Structures' ids stand before those of nearly all practitioners. */
    private List<Subject> sample() {
        return Stream.of("", RPPS)
                .flatMap(first -> kept.after(first, SAMPLE).stream())
                .filter(PractitionerId.class::isInstance)
                .distinct()
                .toList();
    }

    /**
     * As the platform asks: 25 practitioners, some of whom nobody knows, drawn at random, for three days from now or for one. A branch that
     * no warm-up takes is compiled as one that is never taken, and compiled again, while answers wait, when it is.
     */
    private String parameters(List<Subject> sample, Instant now) {
        Stream<String> known = dice.ints(0, sample.size())
                .distinct()
                .limit(Math.min(SearchedSubjects.MOST - STRANGERS, sample.size()))
                .mapToObj(i -> sample.get(i).value());
        String identifiers = Stream.concat(
                        known, Stream.generate(this::stranger).limit(STRANGERS))
                .map(id -> PractitionerId.SYSTEM + "%7C" + id)
                .collect(Collectors.joining(","));
        return "_include=Slot:schedule&_include:iterate=Schedule:actor&status=free&start=ge" + now + "&start=le"
                + now.plus(dice.nextBoolean() ? THREE_DAYS : ONE_DAY) + "&schedule.actor:Practitioner.identifier="
                + identifiers;
    }

    /** A national id of the range for tests. */
    private String stranger() {
        return "8999991%05d".formatted(dice.nextInt(DIFFERENT_STRANGERS));
    }

    /** Without the web server; plain and compressed answers in turn. */
    private int answerWithin(List<String> searches, DeflatedRuns unkept, Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        int answers = 0;
        byte[] buffer = new byte[Searches.FIRST_BUFFER];
        byte[] scratch = new byte[Searches.FIRST_BUFFER];
        while (System.nanoTime() < end) {
            PlainAnswer plain = new PlainAnswer(buffer);
            answer(searches.get(answers % SEARCHES), plain);
            buffer = plain.array();
            GzipAnswer compressed = new GzipAnswer(buffer, scratch, unkept);
            answer(searches.get((answers + 1) % SEARCHES), compressed);
            buffer = compressed.array();
            scratch = compressed.scratch();
            answers += 2;
        }
        return answers;
    }

    private void answer(String search, AnswerBytes out) {
        Instant now = clock.instant();
        SearchQuery query = SearchQuery.ofSlots(QueryString.parse(search), false);
        SubjectShelf.ShelfRead taken = shelf.takeWithCentres(query.subjects(), query.isForCommunities(), now);
        new SearchAnswer(query, taken.subjects(), freshness, uncounted, now, taken.knownAt(), BASE, out)
                .write(BASE + "/Slot", () -> BASE + "/Slot");
    }
}
