package fr.sas.hub.access;

import fr.sas.hub.database.DatabaseFailure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Handles database failures outside the rooms: before a request reaches its room, such as while its session is read, or after
 * it has left it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
class DatabaseOutageFilter extends OncePerRequestFilter {

    private final Refusals refusals;

    DatabaseOutageFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || RequestLimit.isOver(request) || !DatabaseFailure.isIn(e)) {
                throw e;
            }
            response.reset();
            Wording wording = DatabaseOutage.report(request, response, e);
            refusals.writeOrShow(request, response, HttpStatus.SERVICE_UNAVAILABLE, "transient", wording);
        }
    }
}
