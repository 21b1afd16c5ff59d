package fr.sas.hub.asking;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.line.VendorClients;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.Flow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Probes of vendors, made from their descriptors: address, credentials, time-out and rate. */
@Component
public class VendorProbes {

    private final VendorLines lines;
    private final VendorClients clients;
    private final PollTargets targets;
    private final Directory directory;
    private final ConnectorSettings settings;

    VendorProbes(
            VendorLines lines,
            VendorClients clients,
            PollTargets targets,
            Directory directory,
            ConnectorSettings settings) {
        this.lines = lines;
        this.clients = clients;
        this.targets = targets;
        this.directory = directory;
        this.settings = settings;
    }

    /** Empty if no such vendor is in force. */
    public Optional<ServerProbe> to(Source source) {
        return lines.find(source)
                .map(line -> clients.probe(
                        line,
                        new ServerProbe.Bounds(
                                line.descriptor().poll().timeout(),
                                (int) settings.maxPageSize().toBytes(),
                                settings.maxDeliverySize().toBytes(),
                                settings.maxPages())));
    }

    /** Whether the vendor has a server that is asked about subjects; one that delivers by itself has none to check. */
    public boolean isAsked(Source source) {
        return lines.find(source)
                .map(line -> line.descriptor().isAskedBySubject())
                .orElse(false);
    }

    public Set<Flow> flows(Source source) {
        return lines.find(source).map(line -> line.descriptor().flows()).orElse(Set.of());
    }

    /** What the vendor's descriptor tolerates; nothing for an unknown vendor. */
    public Set<Quirk> quirks(Source source) {
        return lines.find(source).map(line -> line.descriptor().quirks()).orElse(Set.of());
    }

    /** Whether the vendor's data is judged and never shown, also while it is paused; false for an unknown vendor. */
    public boolean isOnTrial(Source source) {
        return lines.find(source).map(line -> !line.descriptor().shown()).orElse(false);
    }

    /** Those among them who refuse to be shown: vendors are never asked for them, not even by a check. */
    public List<String> refused(Set<PractitionerId> practitioners) {
        return targets.refused(practitioners);
    }

    /**
     * Those among them for whom the hub polls this vendor; subjects that are only being sought there are not included.
     */
    public Set<Subject> polledSubjects(Source source, Collection<? extends Subject> subjects) {
        return targets.settled(source, subjects);
    }

    /** Those among them whom the hub knows at all: from the directory, their own settings, or a roster. */
    public Set<PractitionerId> knownPractitioners(Collection<PractitionerId> practitioners) {
        Set<PractitionerId> known = new HashSet<>(directory.find(practitioners).keySet());
        known.addAll(targets.knownPractitioners(practitioners));
        return known;
    }

    /** Some of those for whom the hub polls this vendor; empty if there are none. */
    public List<Subject> someAsked(Source source, boolean practitioners, int most) {
        return targets.some(source, practitioners, most);
    }
}
