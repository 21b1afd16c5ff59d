package fr.sas.hub.line;

import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Sends calls to vendors where {@code Asking} sends searches: with the same address, credentials, timeout and rate
 * limit. Each call is made once; retries are up to the caller. The circuit breaker for searches is not involved: a
 * vendor that cannot answer searches may still accept an account.
 */
@Component
public class VendorCalls {

    private static final int LONGEST_BODY = 64_000;

    private final VendorLines lines;
    private final VendorClients clients;
    private final Clock clock;

    VendorCalls(VendorLines lines, VendorClients clients, Clock clock) {
        this.lines = lines;
        this.clients = clients;
        this.clock = clock;
    }

    /** @param stillWanted evaluated immediately before the call, once the rate limit has let it through */
    public VendorReply make(Source vendor, VendorCall call, BooleanSupplier stillWanted) {
        VendorLine line = lines.find(vendor).orElse(null);
        if (line == null) {
            return new VendorReply.NotSent("there is no vendor " + vendor);
        }
        if (line.descriptor().status() == Vendor.Status.PAUSED) {
            return new VendorReply.NotSent("the vendor is paused by its descriptor");
        }
        VendorHttp http = clients.to(line);
        if (!line.takeTurn()) {
            return new VendorReply.NotSent("the vendor's maxRequestsPerSecond left no room in time");
        }
        if (!stillWanted.getAsBoolean()) {
            return new VendorReply.NotSent("no longer wanted");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(line.descriptor().baseUrl() + call.path()))
                .header("Content-Type", FhirMediaTypes.inUtf8(FhirMediaTypes.JSON))
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.json()));
        return answerOf(http.send(request), line.descriptor().poll().timeout());
    }

    private VendorReply answerOf(CompletableFuture<HttpResponse<byte[]>> pending, Duration timeout) {
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Instant retryAt = VendorLine.retryAt(
                    response.headers().firstValue("Retry-After").orElse(null), clock.instant());
            byte[] body = response.body();
            return new VendorReply.Answered(
                    response.statusCode(),
                    new String(body, 0, Math.min(body.length, LONGEST_BODY), StandardCharsets.UTF_8),
                    retryAt.equals(Instant.MIN) ? null : retryAt);
        } catch (TimeoutException e) {
            pending.cancel(true);
            return new VendorReply.Unknown("no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return new VendorReply.Unknown("the hub is stopping");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why =
                    cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
            return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                    ? new VendorReply.NotSent(why)
                    : new VendorReply.Unknown(why);
        }
    }
}
