package fr.sas.hub.access;

import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.ReadReplica;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the time of a request: whatever it waits for (the database, its turn, a vendor), after {@code
 * hub.access.request-limit} its thread is interrupted, repeatedly until it is free, and the caller gets 503
 * (docs/decisions/0041). While the database is silent, no request waits for it (0072). This runs on a
 * thread of its own: the threads of jobs may all be waiting for the database.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class RequestLimit extends OncePerRequestFilter {

    private static final Wording RULE = new Wording(
            "The hub could not complete the request in time; it may be retried in a few seconds",
            "La plateforme n'a pas terminé à temps ; réessayez dans quelques secondes.");

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(RequestLimit.class);
    private static final String RUNNING = RequestLimit.class.getName();

    private final AccessSettings settings;
    private final Refusals refusals;
    private final DatabasePulse pulse;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("request-limit").daemon().factory());

    RequestLimit(AccessSettings settings, Refusals refusals, DatabasePulse pulse) {
        this.settings = settings;
        this.refusals = refusals;
        this.pulse = pulse;
        watch.scheduleWithFixedDelay(
                this::interruptThoseWhoWaitInVain, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        super.destroy();
        watch.shutdownNow();
    }

    /** Whether this request's time is up: errors from then on are consequences of the interruption. */
    public static boolean isOver(HttpServletRequest request) {
        return request.getAttribute(RUNNING) instanceof Running one && one.interrupted;
    }

    /** The message for a request whose time is up. */
    public static Wording rule(HttpServletRequest request) {
        return waitedInSilence(request) ? DatabaseOutage.wording(request) : RULE;
    }

    /** The FHIR issue type for it. */
    public static String issueType(HttpServletRequest request) {
        return waitedInSilence(request) ? "transient" : "timeout";
    }

    private static boolean waitedInSilence(HttpServletRequest request) {
        return request.getAttribute(RUNNING) instanceof Running one && one.waitedInSilence;
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
        Running one = new Running(request, response, Thread.currentThread(), System.nanoTime());
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
            report(request, response, one);
        }
    }

    private void report(HttpServletRequest request, HttpServletResponse response, Running one) throws IOException {
        if (!one.waitedInSilence) { // DatabasePulse logs it once
            log.warn(
                    "{} {} was interrupted after {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    settings.requestLimit());
        }
        if (!response.isCommitted()) {
            response.reset();
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            refusals.writeOrShow(request, response, HttpStatus.SERVICE_UNAVAILABLE, issueType(request), rule(request));
        }
    }

    private void interruptThoseWhoWaitInVain() {
        try {
            long now = System.nanoTime();
            boolean silent = pulse.isSilent();
            for (Running one : running) {
                if (now - one.since > settings.requestLimit().toNanos()) {
                    one.interrupt(now);
                } else if (silent && one.waitsForDatabase()) {
                    one.waitedInSilence = true;
                    one.interrupt(now);
                }
            }
        } catch (RuntimeException e) {
            log.error("The time of requests could not be checked", e);
        }
    }

    /** The thread moves on to other requests, so it must never be interrupted after the end of this one. */
    private static final class Running {

        private final HttpServletResponse response;
        /** Health reports on the database and has limits of its own. */
        private final boolean mayWait;

        private final boolean download;

        private final Thread thread;
        private final long since;
        private volatile boolean interrupted;
        private volatile boolean waitedInSilence;
        private boolean ended;
        /** By {@link System#nanoTime}. */
        private long interruptedAt;

        Running(HttpServletRequest request, HttpServletResponse response, Thread thread, long since) {
            this.response = response;
            this.mayWait = request.getServletPath().startsWith("/actuator");
            this.download = request.getServletPath().equals("/fhir")
                    && String.valueOf(request.getPathInfo()).startsWith("/$bulk-publish/");
            this.thread = thread;
            this.since = since;
        }

        /**
         * Judged by its stack, which costs nothing while all is well. A partly sent response may continue later; a read
         * replica is another database.
         */
        boolean waitsForDatabase() {
            if (mayWait || response.isCommitted()) {
                return false;
            }
            List<String> stack = Arrays.stream(thread.getStackTrace())
                    .map(StackTraceElement::getClassName)
                    .toList();
            return !stack.contains(ReadReplica.class.getName())
                    && stack.stream()
                            .anyMatch(name ->
                                    name.startsWith("org.postgresql.") || name.startsWith("com.zaxxer.hikari."));
        }

        /**
         * Does not interrupt a response being sent: it would be truncated. Sending a published file takes time in proportion to
         * its size and has a limit of its own; until sending begins, it is limited like any other request. The response of an
         * interrupted request says that its time was up, and gets some time to be written.
         */
        synchronized void interrupt(long now) {
            boolean sends = response.isCommitted() && (download || interrupted);
            boolean justNow = interrupted && now - interruptedAt < AGAIN_AFTER.toNanos();
            if (!ended && !sends && !justNow) {
                interrupted = true;
                interruptedAt = now;
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
