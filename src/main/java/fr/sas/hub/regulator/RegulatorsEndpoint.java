package fr.sas.hub.regulator;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/regulators/{uuid}}. */
@RestController
@RequestMapping("/api/v1/regulators/{id}")
@Tag(name = "Regulators", description = "Regulators' accounts, and which vendors have received them (INT_R02)")
class RegulatorsEndpoint {

    private static final String ID = "The UUID assigned to the regulator by the platform";

    private final RegulatorAccounts accounts;
    private final AccountDeliveryStatuses statuses;

    RegulatorsEndpoint(RegulatorAccounts accounts, AccountDeliveryStatuses statuses) {
        this.accounts = accounts;
        this.statuses = statuses;
    }

    @GetMapping
    @Operation(summary = "The account, and what each vendor that takes accounts has received of it")
    ResponseEntity<AccountDeliveryStatus> get(
            @Parameter(description = ID, example = "7b0e2f3c-5d7a-4a59-9d5e-0c1a2b3c4d5e") @PathVariable String id) {
        return answer(accounts.account(uuid(id)));
    }

    @PutMapping
    @Operation(
            summary = "Creates or replaces the account as a whole; active: false deactivates it",
            description =
                    "A deactivation is sent to vendors at once; everything else when the regulator logs in. If-Match guards against overwriting somebody else's change.")
    ResponseEntity<AccountDeliveryStatus> put(
            @Parameter(description = ID, example = "7b0e2f3c-5d7a-4a59-9d5e-0c1a2b3c4d5e") @PathVariable String id,
            @RequestBody RegulatorDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(accounts.save(
                document.toRegulator(uuid(id)),
                EntityTag.expectedBy(ifMatch),
                Authorship.current().toString()));
    }

    @PostMapping("/login")
    @Operation(
            summary = "The regulator logs in: the current account is sent to vendors that lack it",
            description =
                    "Answers at once; the answer shows which vendors are being informed. What a vendor refused is not sent again until the account changes.")
    ResponseEntity<AccountDeliveryStatus> login(
            @Parameter(description = ID, example = "7b0e2f3c-5d7a-4a59-9d5e-0c1a2b3c4d5e") @PathVariable String id) {
        return answer(accounts.login(uuid(id)));
    }

    private ResponseEntity<AccountDeliveryStatus> answer(RegulatorAccount account) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(account.version()).toString())
                .body(statuses.of(account));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("Not the UUID of a regulator: " + text, "Ce n'est pas l'identifiant d'un régulateur.");
        }
    }
}
