package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The lines of this node, one per descriptor in force. */
@Component
class VendorLines {

    private final Map<Source, VendorLine> lines = new ConcurrentHashMap<>();
    private final Deliveries deliveries;
    private final Clock clock;

    VendorLines(Deliveries deliveries, Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    void open(VendorDescriptor descriptor) {
        VendorLine before = lines.get(descriptor.source());
        Instant lastGood = before != null
                ? before.lastGood()
                : deliveries.lastComplete(descriptor.source()).orElseGet(clock::instant);
        lines.put(descriptor.source(), new VendorLine(descriptor, lastGood, clock));
        if (before != null) {
            before.close();
        }
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
