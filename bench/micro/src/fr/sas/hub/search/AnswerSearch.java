package fr.sas.hub.search;

import fr.sas.hub.bench.MicroHub;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A search for 25 practitioners drawn at random, 500 slots, from its query to its bytes; {@link #copy} is the least it can cost. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 3)
public class AnswerSearch {

    private static final Duration LATER = Duration.ofHours(35);
    private static final String BASE = "http://hub.example/fhir";

    private final Random dice = new Random(1);
    private byte[] buffer = new byte[1_000_000];
    private byte[] scratch = new byte[1_000_000];
    private byte[] ready;
    private MicroHub hub;
    private SubjectShelf shelf;
    private DeflatedRuns deflated;
    private SourceFreshnessPolicy standings;
    private SearchFigures figures;

    @Setup
    public void start() throws IOException {
        hub = MicroHub.start();
        shelf = hub.bean(SubjectShelf.class);
        deflated = hub.bean(DeflatedRuns.class);
        standings = hub.bean(SourceFreshnessPolicy.class);
        figures = hub.bean(SearchFigures.class);
        PlainAnswer answer = new PlainAnswer(buffer);
        int slots = write(answer);
        if (slots != 500) {
            throw new IllegalStateException(slots + " slots were found");
        }
        ready = java.util.Arrays.copyOf(answer.array(), answer.length());
    }

    @TearDown
    public void stop() throws IOException {
        hub.close();
    }

    @Benchmark
    public int plain() {
        PlainAnswer answer = new PlainAnswer(buffer);
        write(answer);
        buffer = answer.array();
        return answer.length();
    }

    @Benchmark
    public int gzipped() {
        GzipAnswer answer = new GzipAnswer(buffer, scratch, deflated);
        write(answer);
        return answer.length();
    }

    /** The window begins in the middle of every subject's slots. */
    @Benchmark
    public int plainCut() {
        PlainAnswer answer = new PlainAnswer(buffer);
        write(answer, LATER);
        return answer.length();
    }

    @Benchmark
    public int gzippedCut() {
        GzipAnswer answer = new GzipAnswer(buffer, scratch, deflated);
        write(answer, LATER);
        return answer.length();
    }

    @Benchmark
    public byte[] copy() {
        System.arraycopy(ready, 0, buffer, 0, ready.length);
        return buffer;
    }

    private int write(AnswerBytes answer) {
        return write(answer, Duration.ZERO);
    }

    private int write(AnswerBytes answer, Duration later) {
        Instant now = Instant.now();
        String ids = MicroHub.practitioners(dice, 60).stream()
                .map(Subject::value)
                .distinct()
                .limit(25)
                .collect(Collectors.joining(","));
        SearchQuery query = SearchQuery.ofSlots(
                QueryString.parse("_include=Slot:schedule&_include:iterate=Schedule:actor&status=free&start=ge" + now.plus(later)
                        + "&start=le" + now.plus(Duration.ofDays(6)) + "&schedule.actor:Practitioner.identifier=" + ids),
                false);
        return new SearchAnswer(
                        query,
                        shelf.takeWithCentres(query.subjects(), false, now).subjects(),
                        standings,
                        figures,
                        now,
                        now,
                        BASE,
                        answer)
                .write(BASE + "/Slot", () -> BASE + "/Slot");
    }
}
