package fr.sas.hub.line;

import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests to a vendor's server and exposes everything it answers: status, headers, body, time. Each
 * request, and each answer of several pages, ends within its time and size limits whatever the vendor does. For checks
 * only; deliveries go through routes.
 */
public final class ServerProbe implements AutoCloseable {

    /**
     * @param patience timeout for one answer, all its pages together
     * @param pageBytes maximum size of one page, uncompressed
     * @param answerBytes maximum size of all pages of one answer
     * @param pages maximum number of pages of one answer
     */
    public record Bounds(Duration patience, int pageBytes, long answerBytes, int pages) {
        public static final Bounds OF_THE_GUIDE = new Bounds(Duration.ofSeconds(7), 20 << 20, 60L << 20, 50);

        public Bounds within(Duration other) {
            return new Bounds(other, pageBytes, answerBytes, pages);
        }
    }

    /** Why there is no reply. */
    public enum ProbeFailure {
        /** Unknown host, connection refused or connection lost. */
        UNREACHABLE,
        /** The TLS handshake failed: version, certificate, host name. */
        TLS,
        TIMED_OUT,
        TOO_LARGE,
        /** Not gzip although its header says so. */
        MALFORMED
    }

    /**
     * One reply, or why there is none.
     *
     * @param status 0 when there is no reply
     * @param tls null when the connection is not encrypted
     * @param failure null when there is a reply
     */
    public record Reply(
            URI address,
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            Duration took,
            @Nullable Tls tls,
            @Nullable ProbeFailure failure,
            @Nullable String detail) {

        /** The first value of a header; empty when there is none. */
        public String header(String name) {
            return HttpHeaders.of(headers, (key, value) -> true)
                    .firstValue(name)
                    .orElse("");
        }
    }

    /** @param certificateEnds null when it cannot be determined */
    public record Tls(String protocol, @Nullable Instant certificateEnds) {}

    /**
     * An answer with its pages.
     *
     * @param pages the replies with status 200, in order
     * @param last the reply with another status, or the one that led to trouble; null when there was none
     * @param trouble null when the answer is complete
     */
    public record Pages(List<Reply> pages, @Nullable Reply last, Answer.@Nullable Trouble trouble, Duration took) {}

    /**
     * The hub's own requests left no room within the vendor's rate limit: nothing was sent, and the vendor is not at
     * fault.
     */
    public static final class NoTurn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoTurn(URI base) {
            super("No request to " + base + " got its turn");
        }
    }

    /** How many times to wait for a turn, each time as long as the line does. */
    private static final int MOST_WAITS = 4;

    private final HttpClient http;
    private final URI base;
    private final @Nullable String authorization;
    private final Bounds bounds;
    private final BooleanSupplier turn;

    /** @param turn waits until a request may be sent; false when it waited in vain */
    public ServerProbe(HttpClient http, URI base, @Nullable String authorization, Bounds bounds, BooleanSupplier turn) {
        this.http = http;
        this.base = base;
        this.authorization = authorization;
        this.bounds = bounds;
        this.turn = turn;
    }

    /**
     * @param base without a trailing slash
     * @param authorization the header's value; null for none
     * @param tls own certificate and trust store; null for those of the JVM
     */
    public static ServerProbe at(URI base, @Nullable String authorization, @Nullable SSLContext tls, Bounds bounds) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.patience());
        if (tls != null) {
            http.sslContext(tls);
        }
        return new ServerProbe(http.build(), base, authorization, bounds, () -> true);
    }

    /** Aborts requests in progress. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    public URI base() {
        return base;
    }

    public Bounds bounds() {
        return bounds;
    }

    /** The search of a flow, in the form the hub sends. */
    public URI search(Flow flow, Set<? extends Subject> asked, Window window) {
        return GuideSearches.address(
                base, new GuideSearches.Question(new Source("probe"), flow, Set.copyOf(asked), window, window.from()));
    }

    /** An address below the base, such as {@code /metadata}. */
    public URI below(String path) {
        return URI.create(base + path);
    }

    /** @throws NoTurn when the rate limit leaves no room */
    public Reply get(URI address, String accept) {
        waitForTurn();
        return send(request(address, accept).GET().build(), bounds.patience());
    }

    /**
     * @param method POST or PUT
     * @throws NoTurn when the rate limit leaves no room
     */
    public Reply write(String method, URI address, byte[] json) {
        waitForTurn();
        return writeOutOfTurn(method, address, json);
    }

    /** As {@link #write}, without waiting: to undo what must not remain, however busy the line is. */
    public Reply writeOutOfTurn(String method, URI address, byte[] json) {
        return send(
                request(address, VendorHttp.ACCEPT)
                        .header("Content-Type", FhirMediaTypes.inUtf8(FhirMediaTypes.GUIDE_JSON))
                        .method(method, BodyPublishers.ofByteArray(json))
                        .build(),
                bounds.patience());
    }

    /**
     * Follows next links as the hub does. Only the time taken by the pages counts, not the time spent waiting for
     * turns.
     *
     * @throws NoTurn when the rate limit leaves no room
     */
    public Pages ask(URI first) {
        Duration took = Duration.ZERO;
        List<Reply> pages = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        long bytes = 0;
        URI next = first;
        while (next != null) {
            if (!seen.add(next)) {
                if (SearchsetPages.areWhole(pages.stream().map(Reply::body).toList())) {
                    break;
                }
                return pages(pages, null, Answer.Kind.PAGES_LOOP, "page " + (pages.size() + 1) + " is " + next, took);
            }
            if (pages.size() == bounds.pages()) {
                return pages(pages, null, Answer.Kind.TOO_LARGE, "more than " + bounds.pages() + " pages", took);
            }
            waitForTurn();
            Reply reply = send(
                    request(next, VendorHttp.ACCEPT).GET().build(),
                    bounds.patience().minus(took));
            took = took.plus(reply.took());
            if (reply.failure() != null || reply.status() != 200) {
                return pages(pages, reply, kind(reply, pages.isEmpty()), describe(reply), took);
            }
            pages.add(reply);
            bytes += reply.body().length;
            if (bytes > bounds.answerBytes()) {
                return pages(pages, null, Answer.Kind.TOO_LARGE, "more than " + bounds.answerBytes() + " bytes", took);
            }
            try {
                next = SearchsetPages.next(reply.body(), next);
            } catch (IOException e) {
                return pages(pages, reply, Answer.Kind.MALFORMED, VendorHttp.firstLine(e), took);
            } catch (NextLink.NoAddress e) {
                return pages(pages, reply, Answer.Kind.PAGE_LOST, "the next link is not a valid address", took);
            }
            if (next != null && !NextLink.isSameOrigin(first, next)) {
                return pages(pages, reply, Answer.Kind.PAGE_LOST, "on another server: " + next, took);
            }
        }
        return new Pages(List.copyOf(pages), null, null, took);
    }

    private static Pages pages(
            List<Reply> pages, @Nullable Reply last, Answer.Kind kind, String detail, Duration took) {
        return new Pages(List.copyOf(pages), last, new Answer.Trouble(kind, detail), took);
    }

    private static Answer.Kind kind(Reply reply, boolean first) {
        if (reply.failure() == null) {
            return first ? Answer.Kind.REFUSED : Answer.Kind.PAGE_LOST;
        }
        return switch (reply.failure()) {
            case TIMED_OUT -> Answer.Kind.TIMED_OUT;
            case TOO_LARGE -> Answer.Kind.TOO_LARGE;
            case MALFORMED -> Answer.Kind.MALFORMED;
            case UNREACHABLE, TLS -> first ? Answer.Kind.UNREACHABLE : Answer.Kind.PAGE_LOST;
        };
    }

    private static String describe(Reply reply) {
        return reply.failure() == null ? "HTTP " + reply.status() : String.valueOf(reply.detail());
    }

    private HttpRequest.Builder request(URI address, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("Accept", accept).header("Accept-Encoding", "gzip");
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private void waitForTurn() {
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            if (turn.getAsBoolean()) {
                return;
            }
        }
        throw new NoTurn(base);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Reply send(HttpRequest request, Duration patience) {
        long began = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, info -> new BoundedBody(bounds.pageBytes()));
        try {
            HttpResponse<byte[]> response = answer.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
            byte[] body = VendorHttp.unzipped(response, bounds.pageBytes());
            return new Reply(
                    request.uri(),
                    response.statusCode(),
                    response.headers().map(),
                    body,
                    since(began),
                    response.sslSession().map(ServerProbe::tls).orElse(null),
                    null,
                    null);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return lost(
                    request, ProbeFailure.TIMED_OUT, "no complete answer within " + seconds(bounds.patience()), began);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return lost(request, ProbeFailure.UNREACHABLE, "interrupted", began);
        } catch (ExecutionException e) {
            return lost(request, failureOf(e.getCause()), detailOf(e.getCause()), began);
        } catch (BoundedBody.TooLarge e) {
            return lost(request, ProbeFailure.TOO_LARGE, VendorHttp.firstLine(e), began);
        } catch (IOException e) {
            return lost(request, ProbeFailure.MALFORMED, "not gzip, although its header says so", began);
        }
    }

    private static String seconds(Duration patience) {
        return patience.toMillis() / 1000.0 + " s";
    }

    private static Reply lost(HttpRequest request, ProbeFailure failure, String detail, long began) {
        return new Reply(request.uri(), 0, Map.of(), new byte[0], since(began), null, failure, detail);
    }

    private static ProbeFailure failureOf(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof BoundedBody.TooLarge) {
                return ProbeFailure.TOO_LARGE;
            }
            if (t instanceof SSLException) {
                return ProbeFailure.TLS;
            }
            if (t instanceof java.net.http.HttpTimeoutException) {
                return ProbeFailure.TIMED_OUT;
            }
        }
        return ProbeFailure.UNREACHABLE;
    }

    private static String detailOf(@Nullable Throwable cause) {
        return cause == null ? "no connection" : cause.getClass().getSimpleName() + ": " + VendorHttp.firstLine(cause);
    }

    private static Tls tls(SSLSession session) {
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    return new Tls(session.getProtocol(), x509.getNotAfter().toInstant());
                }
            }
        } catch (SSLException e) {
            return new Tls(session.getProtocol(), null);
        }
        return new Tls(session.getProtocol(), null);
    }
}
