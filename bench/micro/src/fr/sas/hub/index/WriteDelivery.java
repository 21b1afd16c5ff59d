package fr.sas.hub.index;

import fr.sas.hub.bench.MicroHub;
import fr.sas.hub.intake.Intake;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.SlotBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** What 25 practitioners' 500 slots cost to compare with the index and to write: none changed, or every one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 3)
public class WriteDelivery {

    private MicroHub hub;
    private AvailabilityIndex index;
    private SlotBatch before;
    private SlotBatch after;
    private Instant fetchedAt;
    private boolean turn;

    @Setup
    public void start() throws IOException {
        hub = MicroHub.start();
        index = hub.bean(AvailabilityIndex.class);
        fetchedAt = MicroHub.now();
        before = read(0);
        after = read(5);
    }

    private SlotBatch read(int shift) {
        Intake intake = hub.bean(Intake.class);
        return hub.bean(Participation.class)
                .screen(intake.read(MicroHub.delivery(0, fetchedAt, shift)))
                .batch();
    }

    @TearDown
    public void stop() throws IOException {
        hub.close();
    }

    @Benchmark
    public void unchanged() {
        write(before);
    }

    @Benchmark
    public void changed() {
        turn = !turn;
        write(turn ? after : before);
    }

    /** Each is said a moment after the one before: otherwise it would be overtaken. */
    private void write(SlotBatch batch) {
        fetchedAt = fetchedAt.plusNanos(1_000);
        index.replace(new ScreenedBatch(
                new SlotBatch(
                        batch.source(), batch.asked(), batch.window(), fetchedAt, batch.answer(), batch.offers()),
                Map.of()));
    }
}
