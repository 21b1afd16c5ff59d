package fr.sas.hub.outbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.InvalidInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/outbox}: waiting and refused letters, and the operators' controls. */
@RestController
@RequestMapping("/api/v1/outbox")
@Tag(name = "Outbox", description = "What the hub sends to vendors and regulators' software: waiting, refused, stopped")
class OutboxEndpoint {

    private static final int MOST = 1_000;
    private static final String DESTINATION = "accounts-<vendor>, or lrm for the regulators' software";

    private static final String KEPT =
            "Requires a reason of 3 to 500 characters, otherwise 422; it is recorded with who and when, see actions.";

    private final Letters letters;
    private final Destinations destinations;
    private final OutboxLevers levers;
    private final Clock clock;

    OutboxEndpoint(Letters letters, Destinations destinations, OutboxLevers levers, Clock clock) {
        this.levers = levers;
        this.letters = letters;
        this.destinations = destinations;
        this.clock = clock;
    }

    /** @param destinations all that ever had a letter, by name */
    record DestinationList(List<DestinationStatus> destinations) {}

    /** @param letters oldest first */
    record DestinationDetail(@JsonUnwrapped DestinationStatus status, List<PendingLetter> letters) {}

    /** @param body as passed to the route that delivers it */
    record LetterDetail(@JsonUnwrapped PendingLetter letter, String body) {}

    /** @param reason mandatory */
    record ReasonRequest(@Nullable String reason) {}

    /** @param actions newest first */
    record DestinationHistory(List<DestinationAction> actions) {}

    /** @param letters how many wait again */
    record SentAgain(int letters) {}

    @GetMapping
    @Operation(summary = "Every destination: running, failing or stopped, what waits, what is dead")
    DestinationList list() {
        return new DestinationList(levers.statuses());
    }

    @GetMapping("/{destination}")
    @Operation(summary = "One destination with its oldest letters, waiting or dead")
    DestinationDetail one(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "waiting or dead", example = "dead") @RequestParam(defaultValue = "waiting")
                    String state,
            @Parameter(description = "Maximum number of letters, up to 1,000", example = "100")
                    @RequestParam(defaultValue = "100")
                    int limit) {
        PendingLetter.State wanted = state(state);
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "is a number from 1 to " + MOST, "Indiquez un nombre de 1 à " + MOST + ".");
        }
        return new DestinationDetail(status(destination), letters.list(destination, wanted, limit));
    }

    private static PendingLetter.State state(String text) {
        try {
            return PendingLetter.State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "state", "is waiting or dead", "Choisissez les lettres en attente ou mises de côté.");
        }
    }

    @GetMapping("/{destination}/letters/{id}")
    @Operation(summary = "One letter with its content, which may name people")
    LetterDetail letter(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id) {
        return new LetterDetail(
                letters.find(destination, id).orElseThrow(() -> OutboxLevers.noLetter(destination, id)),
                letters.body(destination, id).orElseThrow(() -> OutboxLevers.noLetter(destination, id)));
    }

    @PostMapping("/{destination}/stop")
    @Operation(summary = "Sending stops on every node within a second; letters wait", description = KEPT)
    DestinationStatus stop(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @RequestBody(required = false) @Nullable ReasonRequest request) {
        levers.stop(destination, by(), reason(request));
        return status(destination);
    }

    @PostMapping("/{destination}/start")
    @Operation(summary = "Sending resumes at once: ends both a stop and a back-off after failures", description = KEPT)
    DestinationStatus start(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @RequestBody(required = false) @Nullable ReasonRequest request) {
        levers.start(destination, by(), reason(request));
        return status(destination);
    }

    @PostMapping("/{destination}/send-again")
    @Operation(summary = "Sends all its dead letters again", description = KEPT)
    SentAgain sendAllAgain(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @RequestBody(required = false) @Nullable ReasonRequest request) {
        return new SentAgain(levers.sendAgain(destination, by(), reason(request)));
    }

    @PostMapping("/{destination}/letters/{id}/send-again")
    @Operation(summary = "Sends a dead letter again; a waiting one becomes due at once", description = KEPT)
    SentAgain sendAgain(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id,
            @RequestBody(required = false) @Nullable ReasonRequest request) {
        levers.sendAgain(destination, id, by(), reason(request));
        return new SentAgain(1);
    }

    @DeleteMapping("/{destination}/letters/{id}")
    @Operation(summary = "Discards a letter: it is never delivered", description = KEPT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id,
            @Parameter(description = "Why it is discarded", example = "cancelled by telephone")
                    @RequestParam(required = false)
                    @Nullable
                    String reason) {
        levers.discard(destination, id, by(), reason);
    }

    @GetMapping("/{destination}/actions")
    @Operation(summary = "Operator actions on it, with who, when and why; newest first, the last 500")
    DestinationHistory actions(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable
                    String destination) {
        return new DestinationHistory(levers.actions(destination));
    }

    private static String by() {
        return Authorship.current().toString();
    }

    private static @Nullable String reason(@Nullable ReasonRequest request) {
        return request == null ? null : request.reason();
    }

    private DestinationStatus status(String destination) {
        return destinations
                .status(destination, clock.instant())
                .orElseThrow(() -> OutboxLevers.noDestination(destination));
    }
}
