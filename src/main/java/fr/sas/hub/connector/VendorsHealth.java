package fr.sas.hub.connector;

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
 * One component per vendor. A vendor in trouble is {@code WARN}: the hub itself goes on answering, and whoever balances
 * load must not take it away for a vendor's fault.
 */
@Component("vendorsHealthContributor")
class VendorsHealth implements CompositeHealthContributor {

    private static final Status WARN = new Status("WARN");

    private final VendorLines lines;
    private final Clock clock;

    VendorsHealth(VendorLines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return lines.list().stream()
                .filter(line -> line.descriptor.source().name().equals(name))
                .findFirst()
                .map(this::of)
                .orElse(null);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return lines.list().stream()
                .<NamedContributor<HealthContributor>>map(
                        line -> NamedContributor.of(line.descriptor.source().name(), of(line)))
                .iterator();
    }

    private HealthIndicator of(VendorLine line) {
        return () -> health(VendorState.of(line, Targets.Count.NONE, VendorState.Said.NOTHING, clock));
    }

    /** Open to everybody: words and times, no addresses and no sentences of vendors. */
    private static Health health(VendorState state) {
        Health.Builder health = Health.status(
                switch (state.state()) {
                    case ANSWERING -> Status.UP;
                    case NOT_ASKED_YET, PAUSED -> Status.UNKNOWN;
                    case IN_TROUBLE, LEFT_ALONE -> WARN;
                });
        health.withDetail("state", state.state());
        if (state.lastGoodAnswerAt() != null) {
            health.withDetail("lastGoodAnswerAt", state.lastGoodAnswerAt());
        }
        if (state.trouble() != null && state.troubleSince() != null) {
            health.withDetail("trouble", state.trouble()).withDetail("since", state.troubleSince());
        }
        return health.build();
    }
}
