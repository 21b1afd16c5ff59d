package fr.sas.hub.intake;

import fr.sas.hub.bench.MicroHub;
import fr.sas.hub.delivery.Delivery;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A vendor's answer for 25 practitioners, 500 slots: parsed, judged by every rule, made into slots. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 3)
public class ReadDelivery {

    private final DeliveryReader reader = new DeliveryReader(200);
    private final Instant now = MicroHub.now();
    private final Delivery delivery = MicroHub.delivery(0, now, 0);

    @Benchmark
    public Object read() {
        return reader.read(delivery, Map.of(), now);
    }
}
