package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Service;

/** What vendors bring by themselves: on which terms, and kept like what is fetched. */
@Service
public class PushedDeliveries {

    private final Vendors vendors;
    private final VendorLines lines;
    private final Deliveries deliveries;
    private final Journeys journeys;

    PushedDeliveries(Vendors vendors, VendorLines lines, Deliveries deliveries, Journeys journeys) {
        this.vendors = vendors;
        this.lines = lines;
        this.deliveries = deliveries;
        this.journeys = journeys;
    }

    /**
     * What a descriptor in force says of deliveries.
     *
     * @param horizon how far ahead slots are taken, as they would be asked for
     * @param fingerprint another one when anything changed that decides what is shown of a vendor's deliveries
     */
    public record Terms(
            Vendor.Mode mode,
            Vendor.Status status,
            Set<Flow> flows,
            Set<Quirk> quirks,
            Duration horizon,
            String fingerprint) {
        public Terms {
            flows = Set.copyOf(flows);
            quirks = Set.copyOf(quirks);
        }

        public boolean allowDelivering() {
            return mode != Vendor.Mode.PULL;
        }
    }

    /** Empty when there is no such vendor. */
    public Optional<Terms> terms(Source source) {
        return vendors.descriptor(source)
                .map(descriptor -> new Terms(
                        descriptor.mode(),
                        descriptor.status(),
                        descriptor.flows(),
                        descriptor.quirks(),
                        descriptor.poll().horizon(),
                        String.join(
                                "|",
                                descriptor.status().name(),
                                descriptor.mode().name(),
                                descriptor.flows().stream().sorted().toList().toString(),
                                descriptor.quirks().stream().sorted().toList().toString(),
                                descriptor.poll().horizon().toString(),
                                Integer.toHexString(
                                        descriptor.roster().toString().hashCode()))));
    }

    /** Keeps a delivery as it came. Joins the caller's transaction. */
    public Delivery keep(@Body Delivery delivery, Exchange exchange) {
        journeys.begin(exchange, delivery.id(), delivery.source(), delivery.fetchedAt());
        deliveries.keep(delivery);
        return delivery;
    }

    /** The vendor said something that was taken: it is well. */
    public void heard(Source source, Instant at) {
        lines.find(source).ifPresent(line -> line.heard(at));
    }
}
