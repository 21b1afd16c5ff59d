package fr.sas.hub.access.door;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Refusals;
import fr.sas.hub.access.Wording;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Identifies the caller by bearer token (RFC 6750; one of the hub's own, by its hash, or one signed by the issuer),
 * client certificate or, below {@code /ops}, the console's cookie or a signed-in user's session; an unknown caller
 * stays anonymous. A trusted caller may name the person it calls for; a name that cannot be parsed is an error, never
 * treated as absent.
 */
class CallerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final Wording MAY_NOT_NAME = new Wording(
            Person.HEADER + " is only accepted from clients that may name persons (hub.clients[*].names-persons)",
            "Ce client n'est pas autorisé à faire des demandes pour des personnes.");

    private static final Wording OVER =
            new Wording("Your certificate has expired or was revoked", "Votre certificat est expiré ou a été révoqué.");
    private static final Wording ISSUER_IS_SILENT = new Wording(
            "The issuer of signed tokens is unavailable; nothing was done",
            "Le service qui signe les jetons ne répond pas ; rien n'a été fait.");

    private static final Wording CLOSED = new Wording("This person's account is closed", "Ce compte a été fermé.");

    private final KnownCallers callers;
    private final OwnToken own;
    private final Refusals refusals;
    private final UnknownTokens guesses;
    private final MachineTokens tokens;
    private final RevokedCertificates revoked;
    private final ConsoleVisitors visitors;
    private final ClosedPersons closed;
    private final boolean consoleTokens;

    CallerFilter(
            KnownCallers callers,
            OwnToken own,
            Refusals refusals,
            UnknownTokens guesses,
            MachineTokens tokens,
            RevokedCertificates revoked,
            ConsoleVisitors visitors,
            ClosedPersons closed,
            boolean consoleTokens) {
        this.guesses = guesses;
        this.callers = callers;
        this.own = own;
        this.refusals = refusals;
        this.tokens = tokens;
        this.revoked = revoked;
        this.visitors = visitors;
        this.closed = closed;
        this.consoleTokens = consoleTokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SentToken sent = sent(request);
        KnownCallers.KnownCaller known;
        if (sent == null) {
            X509Certificate[] shown = certificates(request);
            if (shown != null && revoked.refuses(shown)) {
                refusals.write(request, response, HttpStatus.UNAUTHORIZED, "login", OVER);
                return;
            }
            known = shown == null
                    ? visitor(request)
                    : callers.byCertificate(shown[0]).orElse(null);
        } else {
            known = byToken(request, sent);
            if (known == null && sent.door() == UnknownTokens.Door.BEARER && tokens.isLike(sent.token())) {
                if (guesses.isSlowedDown(request)) {
                    slowDown(request, response, sent);
                    return;
                }
                switch (tokens.read(sent.token())) {
                    case MachineTokens.TokenAnswer.KnownMachine told ->
                        known = callers.byJwtClient(told.client()).orElse(null);
                    case MachineTokens.TokenAnswer.InvalidToken untrue -> {}
                    case MachineTokens.TokenAnswer.NotNow notNow -> {
                        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                        refusals.write(
                                request, response, HttpStatus.SERVICE_UNAVAILABLE, "transient", ISSUER_IS_SILENT);
                        return;
                    }
                }
            }
        }
        if (sent != null && (known == null ? guesses.isSlowedDown(request) : !guesses.lets(request, known.caller()))) {
            slowDown(request, response, sent);
            return;
        }
        if (sent != null && known == null) {
            guesses.count(request, sent.door());
        }
        List<String> named = Collections.list(request.getHeaders(Person.HEADER));
        if (known == null || named.isEmpty()) {
            if (known != null) {
                authenticate(known.caller());
            }
            chain.doFilter(request, response);
            return;
        }
        Person person = named.size() == 1 ? Person.parse(named.getFirst()).orElse(null) : null;
        if (!known.namesPersons()) {
            refusals.write(request, response, HttpStatus.FORBIDDEN, "forbidden", MAY_NOT_NAME);
        } else if (person == null) {
            refusals.write(request, response, HttpStatus.BAD_REQUEST, "invalid", Person.RULE);
        } else if (!isRefused(person, request, response)) {
            Caller client = known.caller();
            authenticate(new Caller(client.id(), client.role(), client.vendor(), client.writesBookings(), person));
            chain.doFilter(request, response);
        }
    }

    private KnownCallers.@Nullable KnownCaller byToken(HttpServletRequest request, SentToken sent) {
        return sent.door() == UnknownTokens.Door.BEARER && own.isSent(request, sent.token())
                ? new KnownCallers.KnownCaller(Caller.HUB, false)
                : callers.byToken(sent.token()).orElse(null);
    }

    private boolean isRefused(Person person, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!closed.contains(person)) {
            return false;
        }
        refusals.write(request, response, HttpStatus.FORBIDDEN, "forbidden", CLOSED);
        return true;
    }

    private static void authenticate(Caller caller) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + caller.role()))));
        SecurityContextHolder.setContext(context);
    }

    /** A token and where it was sent. */
    private record SentToken(String token, UnknownTokens.Door door) {}

    private @Nullable SentToken sent(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new SentToken(header.substring(SCHEME.length()).strip(), UnknownTokens.Door.BEARER);
        }
        return consoleTokens && ConsoleCookie.isOfConsole(request)
                ? ConsoleCookie.tokenOf(request)
                        .map(token -> new SentToken(token, UnknownTokens.Door.CONSOLE))
                        .orElse(null)
                : null;
    }

    private void slowDown(HttpServletRequest request, HttpServletResponse response, SentToken sent) throws IOException {
        guesses.count(request, sent.door());
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        refusals.write(request, response, HttpStatus.TOO_MANY_REQUESTS, "throttled", UnknownTokens.RULE);
    }

    private KnownCallers.@Nullable KnownCaller visitor(HttpServletRequest request) {
        return ConsoleCookie.isOfConsole(request) && ConsoleCookie.isReadOrFromHere(request)
                ? visitors.find(request)
                        .map(caller -> new KnownCallers.KnownCaller(caller, false))
                        .orElse(null)
                : null;
    }

    private static X509Certificate @Nullable [] certificates(HttpServletRequest request) {
        return !ConsoleCookie.isOfConsole(request)
                        && request.getAttribute("jakarta.servlet.request.X509Certificate")
                                instanceof X509Certificate[] chain
                        && chain.length > 0
                ? chain
                : null;
    }
}
