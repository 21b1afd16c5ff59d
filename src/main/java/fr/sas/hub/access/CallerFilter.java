package fr.sas.hub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Recognises the caller by bearer token (RFC 6750), client certificate or, below /ops, the console's cookie; an unknown one stays anonymous. */
class CallerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final KnownCallers callers;

    CallerFilter(KnownCallers callers) {
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        recognise(request).ifPresent(caller -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + caller.role()))));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private Optional<Caller> recognise(HttpServletRequest request) {
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
