package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The lines of this node, one per descriptor in force. */
@Component
class VendorLines {

    private final Map<Source, VendorLine> lines = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private final Clock clock;

    VendorLines(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void open(VendorDescriptor descriptor) {
        VendorLine before = lines.put(descriptor.source(), new VendorLine(descriptor, clock));
        if (before != null) {
            before.close();
        }
        Gauge.builder("hub.vendor.breaker.state", lines, all -> {
                    VendorLine line = all.get(descriptor.source());
                    return line == null ? Double.NaN : line.breakerState();
                })
                .description("0 closed, 1 open, 2 half open")
                .tag("vendor", descriptor.source().name())
                .register(meters);
    }

    void close(Source source) {
        VendorLine line = lines.remove(source);
        if (line != null) {
            line.close();
        }
    }

    List<VendorLine> list() {
        return List.copyOf(lines.values());
    }

    Optional<VendorLine> find(Source source) {
        return Optional.ofNullable(lines.get(source));
    }
}
