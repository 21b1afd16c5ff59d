package fr.sas.hub.subscription;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.changes.ChangedSubject;
import fr.sas.hub.changes.Changes;
import fr.sas.hub.changes.ChangesSince;
import fr.sas.hub.changes.Position;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.SendResult;
import jakarta.annotation.PreDestroy;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Outbox outbox;
    private final SubscriptionSettings settings;
    private final Clock clock;
    private final HttpClient http;

    NotificationCalls(
            SubscriptionTables tables, Changes changes, Outbox outbox, SubscriptionSettings settings, Clock clock) {
        this.tables = tables;
        this.changes = changes;
        this.outbox = outbox;
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
        } catch (FhirRefusal notYet) { // thrown by Changes.start until a writer has scanned every subject
            return new SendResult.Failed(String.valueOf(notYet.getMessage()), now.plus(TRY_AGAIN_AFTER), false);
        }
    }

    private SendResult send(UUID id, Instant now) {
        tables.noticeAnotherRun(id);
        SubscriptionRow row = tables.find(id).orElse(null);
        if (row == null) {
            return SendResult.DROPPED;
        }
        if (row.hasEnded(now)) {
            outbox.forget(row.destination());
            tables.letterIsGone(id);
            return SendResult.DROPPED;
        }
        String obstacle = row.obstacle(settings);
        if (obstacle != null) {
            tables.notAllowed(id, obstacle);
            return SendResult.DROPPED;
        }
        if (!row.shaken()) {
            return post(row, Notification.handshake(row, now));
        } else if (row.mayLackEvents()) {
            return post(row, Notification.heartbeat(row, beforeReadingAll(row), now));
        }
        Integer most = row.document().maxCount();
        SubscriptionRow.Unanswered unanswered = row.unanswered();
        return switch (changes.after(
                row.position(), row.subjects(), most == null ? USUAL_COUNT : Math.min(most, USUAL_COUNT))) {
            case ChangesSince.Unknown unknown -> {
                tables.startOver(id, changes.start());
                yield tables.find(id)
                        .map(anew -> post(anew, Notification.heartbeat(anew, anew.position(), now)))
                        .orElse(SendResult.DROPPED);
            }
            case ChangesSince.Page page ->
                unanswered == null ? send(row, page, now) : repeat(row, unanswered, page, now);
        };
    }

    /**
     * Repeats, of what the receiver may already have, everything that has not changed since, ending with the same number: a
     * receiver that has it ignores nothing new, and one that does not finds a gap before it unless everything is there. What
     * has changed follows afterwards.
     */
    private SendResult repeat(
            SubscriptionRow row, SubscriptionRow.Unanswered unanswered, ChangesSince.Page page, Instant now) {
        List<ChangedSubject> unchanged = page.subjects().stream()
                .filter(subject -> subject.position() <= unanswered.next().at())
                .toList();
        boolean isWhole = row.events() + Notification.count(unchanged) == unanswered.events();
        Position next = isWhole ? unanswered.next() : row.position().onTheWay(unanswered.next(), page.next());
        if (unchanged.isEmpty()) {
            tables.moveOn(row.id(), row.position(), next);
            return send(row.id(), now);
        }
        return post(row, Notification.of(unchanged, row, next, unanswered.events(), now));
    }

    /** The receiver reads everything from any node, which may answer from older memory: whatever it misses there is sent again. */
    private Position beforeReadingAll(SubscriptionRow row) {
        Position start = changes.start();
        return start.equals(Position.NOTHING) || start.at() > row.position().at() ? row.position() : start;
    }

    private SendResult send(SubscriptionRow row, ChangesSince.Page page, Instant now) {
        if (!page.subjects().isEmpty()) {
            Notification notification = Notification.of(page.subjects(), row, page.next(), now);
            return tables.recordAsSent(row, notification) ? post(row, notification) : send(row.id(), now);
        } else if (row.isHeartbeatDue(now)) {
            return post(row, Notification.heartbeat(row, page.next(), now));
        }
        tables.letterIsGone(row.id());
        return SendResult.DROPPED;
    }

    private SendResult post(SubscriptionRow row, Notification notification) {
        CompletableFuture<HttpResponse<Void>> call;
        try {
            call = http.sendAsync(request(row, notification), HttpResponse.BodyHandlers.discarding());
        } catch (IllegalArgumentException e) {
            return notAccepted(row, notification, describe(e), null);
        }
        try {
            return judge(row, notification, call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            call.cancel(true);
            return failed(row, "No complete answer in time", null);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                    ? notAccepted(row, notification, describe(cause), null)
                    : failed(row, describe(cause), null);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new SendResult.Failed("The hub was stopped", null, false);
        }
    }

    private static String describe(Throwable failure) {
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
            tables.turnOff(row.id(), "The receiver answers 410: it wants no more notifications");
            outbox.forget(row.destination()); // nothing is left that an operator could do
            return SendResult.DROPPED;
        }
        String words = "The receiver answers " + status;
        return status < 500
                ? notAccepted(row, notification, words, retryAt(answer))
                : failed(row, words, retryAt(answer));
    }

    /** Its receiver cannot have it, unless an earlier attempt reached it. */
    private SendResult notAccepted(
            SubscriptionRow row, Notification notification, String words, @Nullable Instant notBefore) {
        if (row.unanswered() == null) {
            tables.freeNumbersOf(row.id(), notification);
        }
        return failed(row, words, notBefore);
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
