package fr.sas.hub.verdict;

import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.rule.Evidence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The conformance check of a vendor's own server: a few requests, one after the other, each bounded; the answers are
 * judged by the rules. Uses only GET unless writing is allowed. Ends early if the server cannot be reached or its
 * search does not work: everything else would then fail for that reason alone.
 */
public final class Check {

    private final Clock clock;

    public Check(Clock clock) {
        this.clock = clock;
    }

    public CheckReport run(ServerProbe server, CheckOrder order) {
        Instant at = clock.instant();
        Evidence evidence = new Evidence();
        CheckRequests asking = new CheckRequests(server);
        boolean reachable = new ReachingSteps(asking, order, evidence, at).run();
        if (reachable) {
            SearchSteps searches = new SearchSteps(asking, order, evidence, at);
            boolean searchable = searches.run();
            if (searchable) {
                new MultiRequestChecks(asking, order, evidence, searches.window(), searches.slotsSeen()).run();
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
