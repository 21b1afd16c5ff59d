package fr.sas.hub.outbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** {@code /api/v1/outbox}: what waits to leave the hub, what was refused, and the brakes. */
@RestController
@RequestMapping("/api/v1/outbox")
@Tag(
        name = "Outbox",
        description = "What leaves the hub for vendors and regulators' software: waiting, refused, stopped")
class OutboxEndpoint {

    private static final Logger log = LoggerFactory.getLogger(OutboxEndpoint.class);
    private static final int MOST = 1_000;
    private static final String DESTINATION = "accounts-<vendor>, or lrm for the regulators' software";

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

    /** @param destinations all for which something was ever put down, by name */
    record Standings(List<DestinationStanding> destinations) {}

    /** @param letters the oldest first */
    record DestinationDetail(@JsonUnwrapped DestinationStanding standing, List<Pending> letters) {}

    /** @param body as it is handed to the route that carries it */
    record LetterDetail(@JsonUnwrapped Pending letter, String body) {}

    /** @param why shown beside the stop */
    record Stop(@Nullable String why) {}

    /** @param letters how many wait again */
    record SentAgain(int letters) {}

    @GetMapping
    @Operation(summary = "Every destination: running, failing or stopped, what waits, what is dead")
    Standings list() {
        return new Standings(levers.standings());
    }

    @GetMapping("/{destination}")
    @Operation(summary = "One destination with its oldest letters, waiting or dead")
    DestinationDetail one(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "waiting or dead", example = "dead") @RequestParam(defaultValue = "waiting")
                    String state,
            @Parameter(description = "How many letters at most, up to 1,000", example = "100")
                    @RequestParam(defaultValue = "100")
                    int limit) {
        Pending.State wanted = state(state);
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "is a number from 1 to " + MOST, "est un nombre de 1 à " + MOST);
        }
        return new DestinationDetail(standing(destination), letters.list(destination, wanted, limit));
    }

    private static Pending.State state(String text) {
        try {
            return Pending.State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("state", "is waiting or dead", "est waiting ou dead");
        }
    }

    @GetMapping("/{destination}/letters/{id}")
    @Operation(summary = "One letter with its content, which may name people")
    LetterDetail letter(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id) {
        return new LetterDetail(
                letters.find(destination, id).orElseThrow(() -> noLetter(destination, id)),
                letters.body(destination, id).orElseThrow(() -> noLetter(destination, id)));
    }

    @PostMapping("/{destination}/stop")
    @Operation(summary = "Nothing is sent there any more, on any node, within a second; letters wait")
    DestinationStanding stop(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @RequestBody(required = false) @Nullable Stop stop) {
        standing(destination);
        String by = Authorship.current().toString();
        levers.stop(destination, by, stop == null ? null : stop.why());
        return standing(destination);
    }

    @PostMapping("/{destination}/start")
    @Operation(summary = "Letters leave again, at once: a stop and a rest after failures both end")
    DestinationStanding start(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable
                    String destination) {
        standing(destination);
        levers.start(destination);
        return standing(destination);
    }

    @PostMapping("/{destination}/send-again")
    @Operation(summary = "All its dead letters wait again")
    SentAgain sendAllAgain(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable
                    String destination) {
        standing(destination);
        return new SentAgain(levers.sendAgain(destination));
    }

    @PostMapping("/{destination}/letters/{id}/send-again")
    @Operation(summary = "A dead letter waits again; one that waits is due at once")
    SentAgain sendAgain(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id) {
        int revived = levers.sendAgain(destination, id);
        if (revived == 0) {
            throw noLetter(destination, id);
        }
        return new SentAgain(revived);
    }

    @DeleteMapping("/{destination}/letters/{id}")
    @Operation(summary = "A letter is thrown away: its receiver does not hear of it")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(
            @Parameter(description = DESTINATION, example = "accounts-agenda-soleil") @PathVariable String destination,
            @Parameter(description = "A letter's number", example = "4711") @PathVariable long id) {
        if (!levers.discard(destination, id)) {
            throw noLetter(destination, id);
        }
        log.warn("Letter {} to {} was thrown away by {}", id, destination, Authorship.current());
    }

    private DestinationStanding standing(String destination) {
        return destinations
                .standing(destination, clock.instant())
                .orElseThrow(() -> new NotFound(
                        "Nothing was ever put down for " + destination,
                        "Rien n'a jamais été déposé pour " + destination));
    }

    private static NotFound noLetter(String destination, long id) {
        return new NotFound(
                "There is no letter " + id + " to " + destination + " that is not under way",
                "Il n'y a pas de lettre " + id + " pour " + destination + " qui ne soit pas en cours d'envoi");
    }
}
