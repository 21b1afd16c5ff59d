package fr.sas.hub.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.vendor.ConnectorSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one vendor's server: sends searches, follows pages, and returns before the deadline whatever the vendor does
 * (hangs, drips, floods, loops). Redirects are not followed: a vendor that moves must change its descriptor
 * (docs/decisions/0005). Connections and threads are kept while in use, and until the line ends.
 */
public final class VendorHttp {

    static final String ACCEPT =
            FhirMediaTypes.GUIDE_JSON + ", " + FhirMediaTypes.JSON + ";q=0.9, application/json;q=0.5";
    /** Of the body of an error answer. It is stored with the delivery only: it may contain names of people. */
    private static final int KEPT_OF_A_FAILURE = 16 * 1024;

    private final Supplier<HttpClient> connecting;
    private final @Nullable String authorization;
    private final ConnectorSettings bounds;
    private final Runnable beforeEachRequest;
    private final Traces traces;

    private @Nullable ConnectedClient connected;
    private boolean isOver;

    /** A client, kept while it is in use or may be used again. */
    private static final class ConnectedClient {

        private final HttpClient http;
        private int uses;
        private boolean ending;

        ConnectedClient(HttpClient http) {
            this.http = http;
        }

        void letGo() {
            if (ending && uses == 0) {
                http.shutdown();
            }
        }
    }

    /**
     * @param connecting creates a client when one is needed
     * @param beforeEachRequest waits for the vendor's rate limit; may throw to abort
     */
    VendorHttp(
            Supplier<HttpClient> connecting,
            @Nullable String authorization,
            ConnectorSettings bounds,
            Runnable beforeEachRequest,
            Traces traces) {
        this.connecting = connecting;
        this.authorization = authorization;
        this.bounds = bounds;
        this.beforeEachRequest = beforeEachRequest;
        this.traces = traces;
    }

    /** Requests in progress are completed; connections and threads end with them. */
    synchronized void end() {
        if (connected != null) {
            connected.ending = true;
            connected.letGo();
        }
        isOver = true;
    }

    /** Requests in progress are completed on their client; the next request uses a new one. */
    synchronized void connectAnew() {
        if (connected != null) {
            connected.ending = true;
            connected.letGo();
            connected = null;
        }
    }

    private synchronized ConnectedClient use() {
        ConnectedClient now = connected == null || connected.ending && connected.uses == 0
                ? new ConnectedClient(connecting.get())
                : connected;
        now.ending = isOver;
        now.uses++;
        connected = now;
        return now;
    }

    private synchronized void used(ConnectedClient by) {
        by.uses--;
        by.letGo();
    }

    /** @param retryAfter the vendor's Retry-After, in seconds or as a date; null when there was none */
    public record VendorAnswer(
            Answer answer, List<byte[]> pages, @Nullable String retryAfter) {}

    public VendorAnswer ask(URI first, Duration timeout) {
        ConnectedClient by = use();
        try {
            return ask(by.http, first, timeout);
        } finally {
            used(by);
        }
    }

    private VendorAnswer ask(HttpClient client, URI first, Duration timeout) {
        beforeEachRequest.run();
        long deadline = System.nanoTime() + timeout.toNanos();
        List<byte[]> pages = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        long bytes = 0;
        URI next = first;
        while (next != null) {
            if (!seen.add(next)) {
                if (SearchsetPages.areWhole(pages)) {
                    break;
                }
                return partial(
                        pages,
                        Answer.Kind.PAGES_LOOP,
                        "page " + (pages.size() + 1) + " points back to a page already read");
            }
            if (pages.size() == bounds.maxPages()) {
                return partial(pages, Answer.Kind.TOO_LARGE, "more than " + bounds.maxPages() + " pages");
            }
            if (!pages.isEmpty()) {
                long waiting = System.nanoTime();
                beforeEachRequest.run();
                deadline += System.nanoTime() - waiting; // the hub's own pace is no fault of the vendor's
            }
            Page page = page(client, next, deadline);
            if (page.trouble != null) {
                return pages.isEmpty()
                        ? new VendorAnswer(new Answer.Failed(page.trouble), page.bodies(), page.retryAfter)
                        : partial(
                                pages,
                                Answer.Kind.PAGE_LOST,
                                "page " + (pages.size() + 1) + ": " + page.trouble.detail());
            }
            bytes += page.body.length;
            if (bytes > bounds.maxDeliverySize().toBytes()) {
                return partial(pages, Answer.Kind.TOO_LARGE, "more than " + bounds.maxDeliverySize() + " in all");
            }
            pages.add(page.body);
            try {
                next = SearchsetPages.next(page.body, next);
            } catch (IOException e) {
                return pages.size() == 1
                        ? new VendorAnswer(
                                new Answer.Failed(
                                        new Answer.Trouble(Answer.Kind.MALFORMED, "not JSON: " + whereBroken(e))),
                                pages,
                                null)
                        : partial(
                                pages,
                                Answer.Kind.MALFORMED,
                                "page " + pages.size() + " is not JSON: " + whereBroken(e));
            } catch (NextLink.NoAddress e) {
                return partial(pages, Answer.Kind.PAGE_LOST, "the link to the next page is not a valid address");
            }
            if (next != null && !NextLink.isSameOrigin(first, next)) {
                return partial(
                        pages, Answer.Kind.PAGE_LOST, "the next page is on another server: " + next.getRawAuthority());
            }
        }
        return new VendorAnswer(Answer.COMPLETE, pages, null);
    }

    private static VendorAnswer partial(List<byte[]> pages, Answer.Kind kind, String detail) {
        return new VendorAnswer(new Answer.Partial(new Answer.Trouble(kind, detail)), pages, null);
    }

    /** @param body for a page that failed: the beginning of its body, for people who inspect the delivery */
    private record Page(
            byte[] body,
            Answer.@Nullable Trouble trouble,
            @Nullable String retryAfter,
            int status) {
        static Page failed(Answer.Kind kind, String detail) {
            return new Page(new byte[0], new Answer.Trouble(kind, detail), null, 0);
        }

        List<byte[]> bodies() {
            return body.length == 0 ? List.of() : List.of(body);
        }
    }

    private Page page(HttpClient client, URI address, long deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", ACCEPT)
                .header("Accept-Encoding", "gzip")
                .GET();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        Traces.Call call = traces.call(request);
        Page page = page(client, request.build(), deadline);
        call.done(page.status, page.trouble == null ? null : AnswerOutcomes.small(page.trouble));
        return page;
    }

    private Page page(HttpClient client, HttpRequest request, long deadline) {
        int limit = (int) bounds.maxPageSize().toBytes();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new BoundedBody(limit));
        try {
            HttpResponse<byte[]> response = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return read(response, limit);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Page.failed(Answer.Kind.TIMED_OUT, "no complete answer in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Page.failed(Answer.Kind.HUB_FAILED, "the hub is stopping");
        } catch (ExecutionException e) {
            return unreachable(e.getCause());
        }
    }

    /**
     * Sends one request other than a search, with the vendor's credentials; its answer is returned complete and
     * uncompressed. Does not wait for the vendor's rate limit: the caller has done so.
     *
     * @return the call itself: cancelling it releases the connection, which cancelling a dependent stage would not
     */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        int limit = (int) bounds.maxPageSize().toBytes();
        HttpRequest accepting = request.header("Accept", ACCEPT).build();
        ConnectedClient by = use();
        CompletableFuture<HttpResponse<byte[]>> call = by.http.sendAsync(accepting, info -> new BoundedBody(limit));
        call.whenComplete((answer, failure) -> used(by));
        return call;
    }

    /**
     * Opens a resource of the vendor's that is read while it arrives.
     *
     * @param own whether it is on the vendor's own server: others never receive the credentials
     * @param timeout until the response headers
     * @return a body that can be read to its end even if the line ends meanwhile
     */
    public HttpResponse<InputStream> open(URI address, boolean own, Map<String, String> headers, Duration timeout)
            throws IOException, InterruptedException {
        beforeEachRequest.run();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept-Encoding", "gzip")
                .GET();
        headers.forEach(request::header);
        if (authorization != null && own) {
            request.header("Authorization", authorization);
        }
        ConnectedClient by = use();
        try {
            return by.http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } finally {
            used(by);
        }
    }

    private static Page unreachable(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof BoundedBody.TooLarge) {
                return Page.failed(Answer.Kind.TOO_LARGE, String.valueOf(t.getMessage()));
            }
        }
        return Page.failed(
                Answer.Kind.UNREACHABLE,
                cause == null ? "no connection" : cause.getClass().getSimpleName() + ": " + firstLine(cause));
    }

    private static Page read(HttpResponse<byte[]> response, int limit) {
        int status = response.statusCode();
        byte[] body;
        try {
            body = unzipped(response, limit);
        } catch (BoundedBody.TooLarge e) {
            return Page.failed(Answer.Kind.TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Page.failed(Answer.Kind.MALFORMED, "not gzip, although its header says so: " + firstLine(e));
        }
        if (status == 200) {
            return new Page(body, null, null, status);
        }
        Optional<String> retryAfter = response.headers().firstValue("Retry-After");
        Answer.Kind kind = status == 429 || (status == 503 && retryAfter.isPresent())
                ? Answer.Kind.THROTTLED
                : status >= 500
                        ? Answer.Kind.VENDOR_ERROR
                        : status >= 400
                                ? Answer.Kind.REFUSED
                                : status >= 300 ? Answer.Kind.REDIRECTED : Answer.Kind.MALFORMED;
        return new Page(
                Arrays.copyOf(body, Math.min(body.length, KEPT_OF_A_FAILURE)),
                new Answer.Trouble(kind, "HTTP " + status),
                retryAfter.orElse(null),
                status);
    }

    static byte[] unzipped(HttpResponse<byte[]> response, int limit) throws IOException {
        if (!response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
            return response.body();
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] body = in.readNBytes(limit + 1);
            if (body.length > limit) {
                throw new BoundedBody.TooLarge(limit);
            }
            return body;
        }
    }

    /** Omits the parser's message, which quotes the input and may contain names. */
    private static String whereBroken(IOException e) {
        return e instanceof JsonProcessingException json && json.getLocation() != null
                ? "line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr()
                : firstLine(e);
    }

    static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
