package fr.sas.hub.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A session ends some hours after the sign-in, however busy it is, besides ending two hours after its last page. */
@Component
class SessionLife {

    private final Duration life;
    private final Clock clock;

    SessionLife(SignInSettings settings, Clock clock) {
        this.life = settings.sessionLife();
        this.clock = clock;
    }

    /** By when the provider signed who they are; a person of whom it is not known signs in again. */
    boolean isOver(SignedIn person) {
        Instant since = person.getIdToken().getIssuedAt();
        return since == null || !clock.instant().isBefore(since.plus(life));
    }
}
