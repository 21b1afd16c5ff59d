package fr.sas.hub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the time of a request: whatever it waits for (the database, its turn, a vendor), after {@code
 * hub.access.request-limit} its thread is interrupted, repeatedly until it is free, and the caller gets 503
 * (docs/decisions/0041).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class RequestLimit extends OncePerRequestFilter {

    /** The message when the time is up. */
    public static final Wording RULE = new Wording(
            "The hub could not complete the request in time; it may be retried in a few seconds",
            "La plateforme n'a pas terminé à temps ; réessayez dans quelques secondes.");

    private static final Logger log = LoggerFactory.getLogger(RequestLimit.class);
    private static final String RUNNING = RequestLimit.class.getName();

    private final AccessSettings settings;
    private final Refusals refusals;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    RequestLimit(AccessSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
    }

    /** Whether this request's time is up: errors from then on are consequences of the interruption. */
    public static boolean isOver(HttpServletRequest request) {
        return request.getAttribute(RUNNING) instanceof Running one && one.interrupted;
    }

    /** Excludes requests whose duration depends on what they read or ask, and that have limits of their own. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals("/api/v1/directory/loads")
                || path.startsWith("/api/v1/connectors/") && (path.endsWith("/check") || path.contains("/deliveries/"))
                || path.startsWith("/ops/vendors/") && path.endsWith("/replay");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Running one = new Running(Thread.currentThread(), System.nanoTime());
        request.setAttribute(RUNNING, one);
        running.add(one);
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!one.interrupted || response.isCommitted()) {
                throw e;
            }
        } finally {
            running.remove(one);
            one.end();
        }
        if (one.interrupted) {
            tell(request, response);
        }
    }

    private void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        log.warn(
                "{} {} was interrupted after {}",
                request.getMethod(),
                request.getRequestURI(),
                settings.requestLimit());
        if (!response.isCommitted()) {
            response.reset();
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            refusals.writeOrShow(request, response, HttpStatus.SERVICE_UNAVAILABLE, "timeout", RULE);
        }
    }

    @Scheduled(fixedDelay = 500)
    void interruptThoseWhoseTimeIsOver() {
        long now = System.nanoTime();
        for (Running one : running) {
            if (now - one.since > settings.requestLimit().toNanos()) {
                one.interrupt();
            }
        }
    }

    /** The thread moves on to other requests, so it must never be interrupted after the end of this one. */
    private static final class Running {

        private final Thread thread;
        private final long since;
        private volatile boolean interrupted;
        private boolean ended;

        Running(Thread thread, long since) {
            this.thread = thread;
            this.since = since;
        }

        synchronized void interrupt() {
            if (!ended) {
                interrupted = true;
                thread.interrupt();
            }
        }

        synchronized void end() {
            ended = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
