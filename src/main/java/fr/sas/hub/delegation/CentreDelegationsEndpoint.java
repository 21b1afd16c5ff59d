package fr.sas.hub.delegation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.springframework.web.bind.annotation.RestController;

/** Delegations of a health centre over HTTP: its managers request them (docs/decisions/0038). */
@RestController
@RequestMapping("/api/v1/facilities/{facility}/delegations")
@Tag(name = "Delegations")
class CentreDelegationsEndpoint {

    private final Delegations delegations;
    private final DelegationAnswers answers;
    private final Directory directory;

    CentreDelegationsEndpoint(Delegations delegations, DelegationAnswers answers, Directory directory) {
        this.delegations = delegations;
        this.answers = answers;
        this.directory = directory;
    }

    @GetMapping
    @Operation(summary = "All delegations of one health centre, in any state, newest first")
    DelegationAnswers.All of(@PathVariable String facility) {
        return answers.all(delegations.of(centre(facility)));
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping
    @Operation(
            summary = "Requests a delegate for a health centre; an account manager decides",
            description =
                    "By a manager of the centre, or by an account manager on their behalf; at most twenty an hour, "
                            + "then 429 with Retry-After. The delegate may do in the centre's agenda what its "
                            + "managers may, and read its settings.")
    ResponseEntity<DelegationDocument> request(
            @PathVariable String facility, @RequestBody DelegationDocument document) {
        return answers.made(delegations.request(centre(facility), document.delegate(), new SentForm(null)));
    }

    @GetMapping("/{delegation}")
    @Operation(summary = "One delegation of a health centre, with its version as ETag")
    ResponseEntity<DelegationDocument> get(
            @PathVariable String facility,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation) {
        return answers.one(delegations.delegation(centre(facility), AddressParts.delegation(delegation)));
    }

    @PutMapping("/{delegation}/decision")
    @Operation(
            summary = "Accepts a health centre's request, or refuses it with a reason; takes effect at once",
            description =
                    "By an account manager. Once decided, a request cannot be decided again: revoke it and make a "
                            + "new one.")
    ResponseEntity<DelegationDocument> decide(
            @PathVariable String facility,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation,
            @RequestBody DecisionDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answers.one(delegations.decide(
                centre(facility),
                AddressParts.delegation(delegation),
                document.refusal(),
                EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping("/{delegation}")
    @Operation(
            summary = "Revokes a delegation of a health centre, or takes a request back; in force at once",
            description = "By a manager of the centre or an account manager. It is listed as revoked for a while.")
    ResponseEntity<Void> revoke(
            @PathVariable String facility,
            @Parameter(description = "Id of the delegation") @PathVariable String delegation,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return DelegationAnswers.gone(delegations.revoke(
                centre(facility), AddressParts.delegation(delegation), EntityTag.expectedBy(ifMatch)));
    }

    /** The id under which it is stored, whichever of its ids was given. */
    private StructureId centre(String text) {
        StructureId named = AddressParts.facility(text);
        return directory.facility(named).map(Facility::id).orElse(named);
    }
}
