package fr.sas.hub.verdict;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.connector.Probe;
import fr.sas.hub.rule.Evidence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The conformance check of a vendor's own server: a handful of requests, one after the other, each of them bounded; what
 * comes back is held against the rules. Asks only with GET, unless it is told that it may write. Ends early when the
 * server cannot be reached or its search does not work: everything else would fail for that reason alone.
 */
public final class Check {

    private final FhirContext fhir;
    private final Clock clock;

    public Check(FhirContext fhir, Clock clock) {
        this.fhir = fhir;
        this.clock = clock;
    }

    public CheckReport run(Probe server, CheckOrder order) {
        Instant at = clock.instant();
        Evidence evidence = new Evidence();
        Asking asking = new Asking(server);
        boolean reachable = new ReachingSteps(asking, order, evidence, at).run();
        if (reachable) {
            SearchSteps searches = new SearchSteps(asking, order, evidence, fhir, at);
            boolean searchable = searches.run();
            if (searchable) {
                new ManySteps(asking, order, evidence, searches.window(), searches.slotsSeen()).run();
            }
            if (order.write() && searchable) {
                new AccountSteps(asking, evidence).run();
            }
            reachable = asking.wasAnswered();
        }
        return CheckReport.of(
                server.base(),
                at,
                Duration.between(at, clock.instant()),
                asking.requests(),
                reachable,
                evidence.judgement());
    }
}
