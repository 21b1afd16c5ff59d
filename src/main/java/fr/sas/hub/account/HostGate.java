package fr.sas.hub.account;

import fr.sas.hub.access.OwnHosts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Checks the host of every page: under an unknown host none opens (421, RFC 9110 §15.5.20), because its redirects, and
 * the return from the provider, would lead there (docs/decisions/0035).
 */
class HostGate extends OncePerRequestFilter {

    static final int MISDIRECTED = 421;

    private final OwnHosts hosts;

    HostGate(OwnHosts hosts) {
        this.hosts = hosts;
    }

    /** The provider itself may use a host name of the internal network: it is never redirected. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/logout/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (hosts.isOwn(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(MISDIRECTED);
        }
    }
}
