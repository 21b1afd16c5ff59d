package fr.sas.hub.asking;

import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.line.GuideSearches;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.VendorDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Service;

/** Asks one vendor about one subject, out of turn but within all limits that keep polling polite. */
@Service
public class VendorInquiries {

    private static final String ROUTE = "direct:question-asked";

    private final VendorLines lines;
    private final PollTargets targets;
    private final ProducerTemplate routes;
    private final Clock clock;

    VendorInquiries(VendorLines lines, PollTargets targets, ProducerTemplate routes, Clock clock) {
        this.lines = lines;
        this.targets = targets;
        this.routes = routes;
        this.clock = clock;
    }

    /** Whether the vendor is asked about subjects at all; one that delivers resources or files itself is not. */
    public boolean isAsked(Source vendor) {
        return lines.find(vendor)
                .map(line -> line.descriptor().isAskedBySubject())
                .orElse(false);
    }

    /**
     * Asks the usual question now. On return, the answer has been processed and indexed as usual. Empty if the vendor
     * must not be asked: paused, backing off, busy, delivering by itself, or not to be asked for this subject.
     */
    public Optional<Delivery> ask(Source vendor, Subject subject) {
        boolean askedFor = isAsked(vendor)
                && targets.sourcesOf(Set.of(subject))
                        .getOrDefault(subject, Set.of())
                        .contains(vendor);
        VendorLine line = askedFor ? lines.find(vendor).orElse(null) : null;
        if (line == null || !line.acquire()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        VendorDescriptor descriptor = line.descriptor();
        GuideSearches.Question question = new GuideSearches.Question(
                vendor,
                flow(descriptor, subject),
                Set.of(subject),
                new Window(now, now.plus(descriptor.poll().horizon())),
                now);
        return Optional.of(routes.requestBody(ROUTE, question, Delivery.class));
    }

    private static Flow flow(VendorDescriptor descriptor, Subject subject) {
        if (!(subject instanceof PractitionerId)) {
            return Flow.SOS;
        }
        return descriptor.serves(Flow.CPTS) ? Flow.CPTS : Flow.INDIVIDUAL;
    }
}
