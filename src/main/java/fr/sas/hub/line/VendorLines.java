package fr.sas.hub.line;

import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.DescriptorListener;
import fr.sas.hub.vendor.VendorDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The lines of this node, one per descriptor in force. */
@Component
@Order(1)
public class VendorLines implements DescriptorListener {

    private final Map<Source, VendorLine> lines = new ConcurrentHashMap<>();
    private final Deliveries deliveries;
    private final VendorClients clients;
    private final SharedLines sharedLines;
    private final Clock clock;

    VendorLines(Deliveries deliveries, VendorClients clients, SharedLines sharedLines, Clock clock) {
        this.deliveries = deliveries;
        this.clients = clients;
        this.sharedLines = sharedLines;
        this.clock = clock;
    }

    @Override
    public void inForce(VendorDescriptor descriptor) {
        VendorLine before = lines.get(descriptor.source());
        Instant lastGood = before != null
                ? before.lastGood()
                : deliveries.lastComplete(descriptor.source()).orElseGet(clock::instant);
        if (before != null) {
            end(before);
            sharedLines.forgetTrouble(descriptor.source());
        }
        VendorLine line = new VendorLine(descriptor, lastGood, sharedLines, clock);
        line.adopt(sharedLines.all().getOrDefault(descriptor.source(), SharedTrouble.NONE));
        lines.put(descriptor.source(), line);
    }

    /** Within this time, what other nodes learnt about the vendors is in force here. */
    @Scheduled(fixedDelay = 250)
    void refreshShared() {
        Map<Source, SharedTrouble> all = sharedLines.all();
        lines.forEach((source, line) -> line.adopt(all.getOrDefault(source, SharedTrouble.NONE)));
    }

    @Override
    public void onVendorRemoved(Source source) {
        VendorLine line = lines.remove(source);
        if (line != null) {
            end(line);
        }
        sharedLines.forget(source);
    }

    @Override
    public void overruled(VendorDescriptor descriptor) {
        find(descriptor.source()).ifPresent(line -> line.descriptor(descriptor));
    }

    @Override
    public void forgetFailures(Source source) {
        find(source).ifPresent(VendorLine::forgetFailures);
    }

    private void end(VendorLine line) {
        line.close();
        clients.end(line);
    }

    public List<VendorLine> list() {
        return List.copyOf(lines.values());
    }

    public Optional<VendorLine> find(Source source) {
        return Optional.ofNullable(lines.get(source));
    }
}
