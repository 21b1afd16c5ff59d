package fr.sas.hub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Recognises the caller by bearer token (RFC 6750), client certificate or, below {@code /ops}, the console's cookie; an
 * unknown one stays anonymous. A known one may name the person it calls for, if it is trusted to: a name that is not
 * understood is never taken for none.
 */
class CallerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final Wording MAY_NOT_NAME = new Wording(
            Person.HEADER + " is only taken from clients that may name persons (hub.clients[*].names-persons)",
            Person.HEADER + " n'est accepté que de clients qui peuvent nommer des personnes"
                    + " (hub.clients[*].names-persons)");

    private final KnownCallers callers;
    private final Refusals refusals;

    CallerFilter(KnownCallers callers, Refusals refusals) {
        this.callers = callers;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        KnownCallers.Known known = recognise(request).orElse(null);
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
        } else {
            Caller client = known.caller();
            authenticate(new Caller(client.id(), client.role(), client.vendor(), client.writesBookings(), person));
            chain.doFilter(request, response);
        }
    }

    private static void authenticate(Caller caller) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + caller.role()))));
        SecurityContextHolder.setContext(context);
    }

    private Optional<KnownCallers.Known> recognise(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return callers.byToken(header.substring(SCHEME.length()).strip());
        }
        if (ConsoleCookie.isOfConsole(request)) {
            return ConsoleCookie.tokenOf(request).flatMap(callers::byToken);
        }
        if (request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                && chain.length > 0) {
            return callers.byCertificate(chain[0]);
        }
        return Optional.empty();
    }
}
