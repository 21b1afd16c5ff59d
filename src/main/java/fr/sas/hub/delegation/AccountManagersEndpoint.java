package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.database.TransactionRetry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Account managers over HTTP; closed to persons: the platform names them. */
@RestController
@RequestMapping("/api/v1/account-managers")
@Tag(name = "Account managers", description = "Who decides on delegations and names facility managers, and where")
class AccountManagersEndpoint {

    private final AccountManagers accountManagers;

    AccountManagersEndpoint(AccountManagers accountManagers) {
        this.accountManagers = accountManagers;
    }

    /** An object around the list, so that future answers can contain more. */
    record OfPlatform(List<AccountManagerDocument> accountManagers) {}

    @GetMapping
    @Operation(summary = "Account managers by name")
    OfPlatform list(
            @Parameter(description = "Number of a département; all if omitted", example = "75")
                    @RequestParam(required = false)
                    @Nullable
                    String territory,
            @Parameter(description = "E-mail address; all if omitted") @RequestParam(required = false) @Nullable
                    String email) {
        Territory where = territory == null
                ? null
                : Territory.parse(territory).orElseThrow(() -> new InvalidInput("territory", Territory.RULE));
        EmailAddress who = email == null
                ? null
                : EmailAddress.parse(email).orElseThrow(() -> new InvalidInput("email", EmailAddress.RULE));
        return new OfPlatform(accountManagers.list(where, who).stream()
                .map(AccountManagerDocument::of)
                .toList());
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping
    @Operation(summary = "Names an account manager; takes effect at once")
    ResponseEntity<AccountManagerDocument> name(@RequestBody AccountManagerDocument document) {
        AccountManager named = accountManagers.name(document.typed());
        return ResponseEntity.created(URI.create("/api/v1/account-managers/" + named.getId()))
                .eTag(tag(named))
                .body(AccountManagerDocument.of(named));
    }

    @GetMapping("/{accountManager}")
    @Operation(summary = "One account manager, with the version as ETag")
    ResponseEntity<AccountManagerDocument> get(
            @Parameter(description = "Id of the account manager") @PathVariable String accountManager) {
        return answer(accountManagers.accountManager(AddressParts.accountManager(accountManager)));
    }

    @PutMapping("/{accountManager}")
    @Operation(summary = "Replaces an account manager; takes effect at once")
    ResponseEntity<AccountManagerDocument> put(
            @Parameter(description = "Id of the account manager") @PathVariable String accountManager,
            @RequestBody AccountManagerDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(TransactionRetry.retryOnce(() -> accountManagers.change(
                AddressParts.accountManager(accountManager), document.typed(), EntityTag.expectedBy(ifMatch))));
    }

    @DeleteMapping("/{accountManager}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Removes an account manager; takes effect at once")
    void remove(
            @Parameter(description = "Id of the account manager") @PathVariable String accountManager,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        accountManagers.remove(AddressParts.accountManager(accountManager), EntityTag.expectedBy(ifMatch));
    }

    private static ResponseEntity<AccountManagerDocument> answer(AccountManager manager) {
        return ResponseEntity.ok().eTag(tag(manager)).body(AccountManagerDocument.of(manager));
    }

    private static String tag(AccountManager manager) {
        return new EntityTag(manager.version()).toString();
    }
}
