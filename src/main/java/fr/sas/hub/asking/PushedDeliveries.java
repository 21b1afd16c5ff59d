package fr.sas.hub.asking;

import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Service;

/** What vendors deliver by themselves: on which terms, and stored like what is fetched. */
@Service
public class PushedDeliveries {

    /** No question limits what is pushed; but all of it is compared with every delivery (docs/decisions/0016). */
    private static final Duration AT_LEAST_AHEAD = Duration.ofDays(31);

    private final Vendors vendors;
    private final VendorLines lines;
    private final Deliveries deliveries;
    private final DeliveryTracker deliveryTracker;

    PushedDeliveries(Vendors vendors, VendorLines lines, Deliveries deliveries, DeliveryTracker deliveryTracker) {
        this.vendors = vendors;
        this.lines = lines;
        this.deliveries = deliveries;
        this.deliveryTracker = deliveryTracker;
    }

    /**
     * What a descriptor in force says about deliveries.
     *
     * @param horizon how far ahead the vendor is asked, and its free time is cut into slots
     * @param slotsAhead how far ahead the Slots it delivers can be found; later ones are stored and become visible
     *     in time
     * @param fingerprint differs whenever anything changed that decides what is shown of a vendor's deliveries
     */
    public record Terms(
            Vendor.Mode mode,
            Vendor.Status status,
            Set<Flow> flows,
            Set<Quirk> quirks,
            Duration horizon,
            Duration slotsAhead,
            String base,
            String fingerprint) {
        public Terms {
            flows = Set.copyOf(flows);
            quirks = Set.copyOf(quirks);
        }

        public boolean allowDelivering() {
            return mode != Vendor.Mode.PULL;
        }
    }

    /** Empty if there is no such vendor. */
    public Optional<Terms> terms(Source source) {
        return vendors.descriptor(source)
                .map(descriptor -> new Terms(
                        descriptor.mode(),
                        descriptor.status(),
                        descriptor.flows(),
                        descriptor.quirks(),
                        descriptor.poll().horizon(),
                        slotsAhead(descriptor),
                        descriptor.baseUrl().toString(),
                        String.join(
                                "|",
                                descriptor.status().name(),
                                descriptor.mode().name(),
                                descriptor.flows().stream().sorted().toList().toString(),
                                descriptor.quirks().stream().sorted().toList().toString(),
                                descriptor.poll().horizon().toString(),
                                slotsAhead(descriptor).toString(),
                                Integer.toHexString(
                                        descriptor.roster().toString().hashCode()))));
    }

    private static Duration slotsAhead(VendorDescriptor descriptor) {
        Duration asked = descriptor.poll().horizon();
        return asked.compareTo(AT_LEAST_AHEAD) > 0 ? asked : AT_LEAST_AHEAD;
    }

    /** Stores a delivery as received. Joins the caller's transaction. */
    public Delivery keep(@Body Delivery delivery, Exchange exchange) {
        deliveryTracker.begin(exchange, delivery.id(), delivery.source(), delivery.fetchedAt());
        deliveries.save(delivery);
        return delivery;
    }

    /** The vendor delivered something that was accepted: it is healthy. */
    public void recordContact(Source source, Instant at) {
        lines.find(source).ifPresent(line -> line.recordContact(at));
    }
}
