package fr.sas.hub.connector;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Service;

/** Asks one vendor about one subject, out of turn and within everything that keeps asking polite. */
@Service
public class Inquiries {

    private static final String ROUTE = "direct:question-asked";

    private final VendorLines lines;
    private final Targets targets;
    private final ProducerTemplate routes;
    private final Clock clock;

    Inquiries(VendorLines lines, Targets targets, ProducerTemplate routes, Clock clock) {
        this.lines = lines;
        this.targets = targets;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * The usual question, now. When this returns, the answer went the usual way and is indexed. Empty when the vendor must
     * not be asked: paused, left alone, busy, or not to be asked for this subject.
     */
    public Optional<Delivery> ask(Source vendor, Subject subject) {
        boolean askedFor = targets.sourcesOf(Set.of(subject))
                .getOrDefault(subject, Set.of())
                .contains(vendor);
        VendorLine line = askedFor ? lines.find(vendor).orElse(null) : null;
        if (line == null || !line.pickUp()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        VendorDescriptor descriptor = line.descriptor;
        Questions.Question question = new Questions.Question(
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
