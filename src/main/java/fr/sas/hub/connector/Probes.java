package fr.sas.hub.connector;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Probes of vendors by their descriptors: address, credentials, time-out and rate. */
@Component
public class Probes {

    private final VendorLines lines;
    private final VendorClients clients;
    private final Targets targets;
    private final ConnectorSettings settings;

    Probes(VendorLines lines, VendorClients clients, Targets targets, ConnectorSettings settings) {
        this.lines = lines;
        this.clients = clients;
        this.targets = targets;
        this.settings = settings;
    }

    /** Empty when there is no such vendor in force. */
    public Optional<Probe> to(Source source) {
        return lines.find(source)
                .map(line -> clients.probe(
                        line,
                        new Probe.Bounds(
                                line.descriptor.poll().timeout(),
                                (int) settings.maxPageSize().toBytes(),
                                settings.maxDeliverySize().toBytes(),
                                settings.maxPages())));
    }

    public Set<Flow> flows(Source source) {
        return lines.find(source).map(line -> line.descriptor.flows()).orElse(Set.of());
    }

    /** Those among them who refuse display: nobody asks vendors for them, not even to check. */
    public List<String> refused(Set<PractitionerId> practitioners) {
        return targets.refused(practitioners);
    }

    /** Some of those whom the hub asks this vendor for; empty when there are none. */
    public List<Subject> someAsked(Source source, boolean practitioners, int most) {
        return targets.some(source, practitioners, most);
    }
}
