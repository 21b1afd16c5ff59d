package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The vendors in force on this node. Reads are lock-free, since every search reads them. */
@Service
public class Vendors {

    private volatile Map<Source, VendorDescriptor> descriptors = Map.of();
    private volatile Map<Source, Vendor> vendors = Map.of();

    private final Set<Source> notAsked = ConcurrentHashMap.newKeySet();

    /** Whether the hub itself failed the last time this node determined whom to query of this vendor. */
    public boolean isHubFailing(Source source) {
        return notAsked.contains(source);
    }

    /** @param failed whether a look ended in a failure of the hub itself */
    public void looked(Source source, boolean failed) {
        if (failed) {
            notAsked.add(source);
        } else {
            notAsked.remove(source);
        }
    }

    public Optional<Vendor> find(Source source) {
        return Optional.ofNullable(vendors.get(source));
    }

    public List<Vendor> list() {
        return vendors.values().stream()
                .sorted(Comparator.comparing(Vendor::source))
                .toList();
    }

    public Optional<VendorDescriptor> descriptor(Source source) {
        return Optional.ofNullable(descriptors.get(source));
    }

    public List<VendorDescriptor> descriptors() {
        return List.copyOf(descriptors.values());
    }

    synchronized void put(VendorDescriptor descriptor) {
        Map<Source, VendorDescriptor> next = new TreeMap<>(descriptors);
        next.put(descriptor.source(), descriptor);
        publish(next);
    }

    synchronized void remove(Source source) {
        Map<Source, VendorDescriptor> next = new TreeMap<>(descriptors);
        next.remove(source);
        publish(next);
    }

    private void publish(Map<Source, VendorDescriptor> next) {
        descriptors = Map.copyOf(next);
        Map<Source, Vendor> view = new TreeMap<>();
        next.forEach((source, descriptor) -> view.put(source, descriptor.vendor()));
        vendors = Map.copyOf(view);
    }
}
