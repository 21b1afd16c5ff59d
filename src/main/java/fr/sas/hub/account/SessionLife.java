package fr.sas.hub.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * A session ends a fixed number of hours after sign-in even while in use; apart from that, two hours after its last
 * page.
 */
@Component
class SessionLife {

    private final Duration life;
    private final Clock clock;

    SessionLife(SignInSettings settings, Clock clock) {
        this.life = settings.sessionLife();
        this.clock = clock;
    }

    /** Counted from when the ID token was issued; if that is not known, the person has to sign in again. */
    boolean isOver(SignedIn person) {
        Instant since = person.getIdToken().getIssuedAt();
        return since == null || !clock.instant().isBefore(since.plus(life));
    }
}
