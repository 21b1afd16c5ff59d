package fr.sas.hub.delegation;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes delegations that ended long ago: the names of former delegates are no longer needed. */
@Component
class EndedDelegations {

    private final DelegationRows delegations;
    private final DelegationSettings settings;
    private final Clock clock;

    EndedDelegations(DelegationRows delegations, DelegationSettings settings, Clock clock) {
        this.delegations = delegations;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 12 * 60, initialDelay = 12, timeUnit = TimeUnit.MINUTES)
    void forget() {
        delegations.deleteEndedBefore(clock.instant().minus(settings.endedKept()));
    }
}
