package fr.sas.hub.subscription;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.changes.Changes;
import fr.sas.hub.changes.ChangesSince;
import fr.sas.hub.changes.Position;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.SendResult;
import jakarta.annotation.PreDestroy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The step of the route {@code tell-a-subscriber}. */
@Component
public class NotificationCalls {

    private static final int USUAL_COUNT = 500;
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(5);

    private final SubscriptionTables tables;
    private final Changes changes;
    private final SubscriptionSettings settings;
    private final Clock clock;
    private final HttpClient http;

    NotificationCalls(SubscriptionTables tables, Changes changes, SubscriptionSettings settings, Clock clock) {
        this.tables = tables;
        this.changes = changes;
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @PreDestroy
    void end() {
        http.shutdownNow();
    }

    /**
     * Sends what there is to report now. A killed node may have sent it without recording that: the same events are then
     * sent again, under the same numbers.
     */
    public SendResult send(Letter letter) {
        Instant now = clock.instant();
        try {
            return send(UUID.fromString(letter.key()), now);
        } catch (FhirRefusal notYet) { // as Changes.start says until a writer has looked at everybody
            return new SendResult.Failed(String.valueOf(notYet.getMessage()), now.plus(TRY_AGAIN_AFTER), false);
        }
    }

    private SendResult send(UUID id, Instant now) {
        tables.noticeAnotherRun(id);
        SubscriptionRow row = tables.find(id).orElse(null);
        if (row == null) {
            return SendResult.DELIVERED;
        }
        if (row.hasEnded(now)) {
            tables.letterIsGone(id);
            return SendResult.DELIVERED;
        }
        if (!row.shaken()) {
            return post(row, Notification.handshake(row, now));
        } else if (row.mayLackEvents()) {
            return post(row, Notification.heartbeat(row, beforeReadingAll(row), now));
        }
        Integer most = row.document().maxCount();
        return switch (changes.after(
                row.position(), row.subjects(), most == null ? USUAL_COUNT : Math.min(most, USUAL_COUNT))) {
            case ChangesSince.Unknown unknown -> {
                tables.startOver(id, changes.start());
                yield tables.find(id)
                        .map(anew -> post(anew, Notification.heartbeat(anew, anew.position(), now)))
                        .orElse(SendResult.DELIVERED);
            }
            case ChangesSince.Page page -> send(row, page, now);
        };
    }

    /** The receiver reads everything from any node, which may answer from older memory: what it misses there is told again. */
    private Position beforeReadingAll(SubscriptionRow row) {
        Position start = changes.start();
        return start.equals(Position.NOTHING) || start.at() > row.position().at() ? row.position() : start;
    }

    private SendResult send(SubscriptionRow row, ChangesSince.Page page, Instant now) {
        if (!page.subjects().isEmpty()) {
            return post(row, Notification.of(page.subjects(), row, page.next(), now));
        } else if (row.isHeartbeatDue(now)) {
            return post(row, Notification.heartbeat(row, page.next(), now));
        }
        tables.letterIsGone(row.id());
        return SendResult.DELIVERED;
    }

    private SendResult post(SubscriptionRow row, Notification notification) {
        CompletableFuture<HttpResponse<Void>> call;
        try {
            call = http.sendAsync(request(row, notification), HttpResponse.BodyHandlers.discarding());
        } catch (IllegalArgumentException e) {
            return failed(row, words(e), null);
        }
        try {
            return judge(row, notification, call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            call.cancel(true);
            return failed(row, "No complete answer in time", null);
        } catch (ExecutionException e) {
            return failed(row, words(Objects.requireNonNullElse(e.getCause(), e)), null);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new SendResult.Failed("The hub was stopped", null, false);
        }
    }

    private static String words(Throwable failure) {
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }

    private HttpRequest request(SubscriptionRow row, Notification notification) {
        HttpRequest.Builder request = HttpRequest.newBuilder(row.document().endpoint())
                .header("Content-Type", FhirMediaTypes.inUtf8(FhirMediaTypes.JSON))
                .POST(HttpRequest.BodyPublishers.ofByteArray(notification.json()));
        row.document().headers().forEach(header -> {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        });
        return request.build();
    }

    private SendResult judge(SubscriptionRow row, Notification notification, HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            tables.accepted(row, notification, clock.instant());
            return SendResult.DELIVERED;
        }
        if (status == 410) {
            String words = "The receiver answers 410: it wants no more notifications";
            tables.turnOff(row.id(), words);
            return new SendResult.Refused(words);
        }
        return failed(row, "The receiver answers " + status, retryAt(answer));
    }

    private SendResult failed(SubscriptionRow row, String words, @Nullable Instant notBefore) {
        tables.failed(row.id(), words, settings.errorAfter());
        return new SendResult.Failed(words, notBefore);
    }

    private @Nullable Instant retryAt(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(seconds -> clock.instant().plusSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }
}
