package fr.sas.hub.delegation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.SentForm;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Delegations over HTTP: those of one practitioner, and lists for account managers and delegates. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Delegations", description = "Who may act for a practitioner or a health centre")
class DelegationsEndpoint {

    private static final String ALL = "/practitioners/{practitioner}/delegations";
    private static final String ONE = ALL + "/{delegation}";
    private static final int AT_ONCE = 100;

    private final Delegations delegations;
    private final DelegationAnswers answers;

    DelegationsEndpoint(Delegations delegations, DelegationAnswers answers) {
        this.delegations = delegations;
        this.answers = answers;
    }

    /** @param next to be sent as {@code after} to get the next page; null if this is the last */
    record DelegationList(
            List<DelegationDocument> delegations, @Nullable String next) {}

    @GetMapping("/delegations")
    @Operation(
            summary = "Delegations of all practitioners and health centres, oldest first: state=requested lists those "
                    + "to be decided",
            description = AT_ONCE + " at a time: send next as after for the following page. A delegate sees their "
                    + "own; an account manager sees those of practitioners who work, and of centres located, "
                    + "in their territories.")
    DelegationList list(
            @Parameter(description = "requested, accepted, refused or revoked; all if omitted")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "E-mail address of the delegate; all if omitted")
                    @RequestParam(required = false)
                    @Nullable
                    String delegate,
            @Parameter(description = "next from the previous page; the first page if omitted")
                    @RequestParam(required = false)
                    @Nullable
                    String after) {
        List<Delegation> found = delegations.list(
                AddressParts.state(state),
                AddressParts.own(Permission.ALL_DELEGATIONS, "delegate", delegate),
                AddressParts.after(after),
                AT_ONCE + 1);
        List<Delegation> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        return new DelegationList(
                answers.documents(shown),
                found.size() > AT_ONCE ? shown.getLast().id().toString() : null);
    }

    @GetMapping(ALL)
    @Operation(summary = "All delegations of one practitioner, in any state, newest first")
    DelegationAnswers.All of(@PathVariable String practitioner) {
        return answers.all(delegations.of(AddressParts.practitioner(practitioner)));
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping(ALL)
    @Operation(
            summary = "Requests a delegate; an account manager decides",
            description =
                    "By the practitioner, or by an account manager on their behalf. At most twenty an hour, then 429 "
                            + "with Retry-After.")
    ResponseEntity<DelegationDocument> request(
            @PathVariable String practitioner, @RequestBody DelegationDocument document) {
        return answers.made(
                delegations.request(AddressParts.practitioner(practitioner), document.delegate(), new SentForm(null)));
    }

    @GetMapping(ONE)
    @Operation(summary = "One delegation, with its version as ETag")
    ResponseEntity<DelegationDocument> get(
            @PathVariable String practitioner,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation) {
        return answers.one(
                delegations.delegation(AddressParts.practitioner(practitioner), AddressParts.delegation(delegation)));
    }

    @PutMapping(ONE + "/decision")
    @Operation(
            summary = "Accepts a request, or refuses it with a reason; takes effect at once",
            description =
                    "By an account manager. Once decided, a request cannot be decided again: revoke it and make a "
                            + "new one.")
    ResponseEntity<DelegationDocument> decide(
            @PathVariable String practitioner,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation,
            @RequestBody DecisionDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answers.one(delegations.decide(
                AddressParts.practitioner(practitioner),
                AddressParts.delegation(delegation),
                document.refusal(),
                EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping(ONE)
    @Operation(
            summary = "Revokes a delegation, or withdraws a request; takes effect at once",
            description = "By the practitioner or an account manager. It remains listed as revoked for a while.")
    ResponseEntity<Void> revoke(
            @PathVariable String practitioner,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return DelegationAnswers.gone(delegations.revoke(
                AddressParts.practitioner(practitioner),
                AddressParts.delegation(delegation),
                EntityTag.expectedBy(ifMatch)));
    }
}
