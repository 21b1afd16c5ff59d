package fr.sas.hub.health;

import static fr.sas.hub.health.HealthWords.VENDOR_DOWN;
import static fr.sas.hub.health.HealthWords.WARN;

import fr.sas.hub.asking.PollTargets;
import fr.sas.hub.asking.VendorRoutes;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import java.time.Clock;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * One component per vendor, with its reason and since when. A vendor that is not answering is {@code DOWN}, one in
 * trouble is {@code WARN}; both only make the hub {@code WARN}: it still serves requests, and a load balancer must not
 * remove it because of a vendor's fault.
 */
@Component("vendorsHealthContributor")
class VendorsHealth implements CompositeHealthContributor {

    private final VendorLines lines;
    private final VendorRoutes routes;
    private final Clock clock;

    VendorsHealth(VendorLines lines, VendorRoutes routes, Clock clock) {
        this.lines = lines;
        this.routes = routes;
        this.clock = clock;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return lines.list().stream()
                .filter(line -> line.descriptor().source().name().equals(name))
                .findFirst()
                .map(this::of)
                .orElse(null);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return lines.list().stream()
                .<NamedContributor<HealthContributor>>map(
                        line -> NamedContributor.of(line.descriptor().source().name(), of(line)))
                .iterator();
    }

    private HealthIndicator of(VendorLine line) {
        return () -> health(line);
    }

    /** Codes and times only, no addresses and no vendors' texts. */
    private Health health(VendorLine line) {
        boolean gaveUp = routes.gaveUp(line.descriptor().source());
        VendorState state =
                VendorState.of(line, PollTargets.Count.NONE, VendorState.StoredState.NOTHING, gaveUp, clock);
        boolean broken = line.breakerState() != 0;
        Health.Builder health = Health.status(
                switch (state.state()) {
                    case ANSWERING -> Status.UP;
                    case NOT_ASKED_YET, PAUSED -> Status.UNKNOWN;
                    case GAVE_UP -> VENDOR_DOWN;
                    case IN_TROUBLE, LEFT_ALONE -> broken ? VENDOR_DOWN : WARN;
                });
        health.withDetail("state", state.state()).withDetail("reason", reason(state, broken));
        if (state.lastGoodAnswerAt() != null) {
            health.withDetail("lastGoodAnswerAt", state.lastGoodAnswerAt());
        }
        if (state.trouble() != null && state.troubleSince() != null) {
            health.withDetail("trouble", state.trouble()).withDetail("since", state.troubleSince());
        }
        if (state.nextAttemptAt() != null) {
            health.withDetail("nextAttemptAt", state.nextAttemptAt());
        }
        return health.build();
    }

    private static String reason(VendorState state, boolean broken) {
        return switch (state.state()) {
            case ANSWERING -> "Its last answer was complete";
            case NOT_ASKED_YET -> "Nobody has been due yet";
            case PAUSED -> "Paused by its operator";
            case GAVE_UP -> "Its route is not running: it is not being asked";
            case IN_TROUBLE, LEFT_ALONE ->
                broken
                        ? "The circuit is open: most of its recent answers failed, so it is asked only now and then"
                        : "Its last answer was not complete";
        };
    }
}
