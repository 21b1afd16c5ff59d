package fr.sas.hub.account;

import fr.sas.hub.access.OwnHosts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before every page: under a host that nobody vouches for none opens (421, RFC 9110 §15.5.20), since its redirects,
 * and the provider's way back, would lead there (docs/decisions/0035).
 */
class HostGate extends OncePerRequestFilter {

    static final int MISDIRECTED = 421;

    private final OwnHosts hosts;

    HostGate(OwnHosts hosts) {
        this.hosts = hosts;
    }

    /** The provider itself may call by a name of the inner network: what it is told leads nowhere. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/logout/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (hosts.know(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(MISDIRECTED);
        }
    }
}
