package fr.sas.hub.asking;

import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.line.AnswerOutcomes;
import fr.sas.hub.line.Traces;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Follows every delivery from its question to its end: its name in the log, its trace, and its one outcome, counted
 * once all is done. A delivery read again later (a replay) is not followed or counted again.
 */
@Component
public class DeliveryTracker {

    /** Not the vendor's fault: a step of the hub's own failed, and the same question will be asked again. */
    private static final String HUB_FAILED = "hub_failed";

    private final Map<UUID, Journey> underWay = new ConcurrentHashMap<>();
    private final VendorLines lines;
    private final Traces traces;
    private final MeterRegistry meters;

    DeliveryTracker(VendorLines lines, Traces traces, MeterRegistry meters) {
        this.lines = lines;
        this.traces = traces;
        this.meters = meters;
    }

    /**
     * What reading revealed, which may be worse than what the transport showed: an answer that is not a Bundle, or
     * lacks announced slots. Counted, and reported to health, once the delivery has been indexed.
     *
     * @param answer of the delivery, as interpreted
     * @param slots how many it contains, valid or not
     */
    public void read(Delivery delivery, Answer answer, int slots) {
        underWay.computeIfPresent(delivery.id(), (id, journey) -> journey.read(answer, slots));
    }

    /** Begins on this thread; ends on it with the exchange, whatever the outcome. */
    void begin(Exchange exchange, UUID delivery, Source source, Instant at) {
        MDC.put("vendor", source.name());
        MDC.put("delivery", delivery.toString());
        Traces.Open trace = traces.open("deliver " + source, source, delivery);
        underWay.put(delivery, new Journey(source, at, null, 0));
        exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
            @Override
            public void onComplete(Exchange done) {
                end(done, delivery, trace);
            }

            @Override
            public void onFailure(Exchange failed) {
                end(failed, delivery, trace);
            }
        });
    }

    private void end(Exchange exchange, UUID delivery, Traces.Open trace) {
        Journey journey = underWay.remove(delivery);
        Throwable thrown = exchange.getException();
        Throwable failure = thrown == null ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class) : thrown;
        if (journey != null) {
            whenCommitted(failure, () -> count(journey, delivery, failure));
        }
        trace.close(failure);
        MDC.remove("vendor");
        MDC.remove("delivery");
    }

    /** A vendor's pushes are processed within a transaction: they count once it is committed. */
    private static void whenCommitted(@Nullable Throwable failure, Runnable counting) {
        if (failure != null) {
            counting.run();
        } else {
            AfterCommit.run(counting);
        }
    }

    private void count(Journey journey, UUID delivery, @Nullable Throwable failure) {
        Source source = journey.source;
        Answer answer = journey.answer;
        VendorLine line = lines.find(source).orElse(null);
        if (line == null) {
            return;
        }
        String outcome = HUB_FAILED;
        if (failure == null && answer != null) {
            line.judge(answer, journey.at, delivery);
            outcome = journey.outcome(answer);
        }
        meters.counter("hub.deliveries", "vendor", source.name(), "outcome", outcome)
                .increment();
    }

    private record Journey(
            Source source, Instant at, @Nullable Answer answer, int slots) {

        Journey read(Answer answer, int slots) {
            return new Journey(source, at, answer, slots);
        }

        String outcome(Answer answer) {
            return answer instanceof Answer.Complete ? slots == 0 ? "empty" : "ok" : AnswerOutcomes.of(answer);
        }
    }
}
