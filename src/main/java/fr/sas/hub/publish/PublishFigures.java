package fr.sas.hub.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The metrics of publications. */
@Component
class PublishFigures {

    private final Timer making;
    private final Counter failed;
    private final Counter sent;

    PublishFigures(MeterRegistry meters) {
        this.making = Timer.builder("hub.publish.making")
                .description("Editions that this node made, or found to be up to date")
                .register(meters);
        this.failed = Counter.builder("hub.publish.failed")
                .description("Editions that could not be made; the next attempt continues from there")
                .register(meters);
        this.sent = Counter.builder("hub.publish.sent")
                .description("Published files, as sent")
                .baseUnit("bytes")
                .register(meters);
    }

    void made(long nanos) {
        making.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failed.increment();
    }

    void sent(long bytes) {
        sent.increment(bytes);
    }
}
