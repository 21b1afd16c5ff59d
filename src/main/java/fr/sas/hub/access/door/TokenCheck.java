package fr.sas.hub.access.door;

import fr.sas.hub.access.AccessSettings;
import fr.sas.hub.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Looks up the owner of a token, for the console's login: the only place where a token does not come in a header. */
@Component
public class TokenCheck {

    private final KnownCallers callers;
    private final UnknownTokens guesses;
    private final AccessSettings settings;

    TokenCheck(KnownCallers callers, UnknownTokens guesses, AccessSettings settings) {
        this.settings = settings;
        this.callers = callers;
        this.guesses = guesses;
    }

    /** The result of checking a token. */
    public sealed interface Checked {
        record TokenOwner(Caller caller) implements Checked {}

        record Unknown() implements Checked {}

        /** Too many unknown tokens came from this address; this one was not examined. */
        record NotNow() implements Checked {}
    }

    /** Whether the console accepts tokens at all ({@code hub.access.console-tokens}). */
    public boolean isOpen() {
        return settings.consoleTokens();
    }

    /** The owner of the token, unless its address is rate-limited. */
    public Checked check(String token, HttpServletRequest request) {
        KnownCallers.KnownCaller known = callers.byToken(token).orElse(null);
        boolean taken = known == null ? !guesses.isSlowedDown(request) : guesses.lets(request, known.caller());
        if (known == null || !taken) {
            guesses.count(request, UnknownTokens.Door.LOGIN);
        }
        return !taken
                ? new Checked.NotNow()
                : known == null ? new Checked.Unknown() : new Checked.TokenOwner(known.caller());
    }
}
