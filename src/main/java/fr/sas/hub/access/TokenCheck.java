package fr.sas.hub.access;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose token it is; for the console's login, the only place where a token does not come in a header. */
@Component
public class TokenCheck {

    private final KnownCallers callers;

    TokenCheck(KnownCallers callers) {
        this.callers = callers;
    }

    /** Empty when nobody has it. */
    public Optional<Caller> callerOf(String token) {
        return callers.byToken(token).map(KnownCallers.Known::caller);
    }
}
