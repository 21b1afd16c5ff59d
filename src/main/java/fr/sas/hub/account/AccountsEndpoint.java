package fr.sas.hub.account;

import com.fasterxml.jackson.annotation.JsonRawValue;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.database.TransactionRetry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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

/** Accounts over HTTP: the platform manages all of them, account managers those of their territory. */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts", description = "The people who sign in")
class AccountsEndpoint {

    private static final String ID = "Id of the account";
    private static final int AT_ONCE = 100;
    private static final int CHANGES = 500;

    private final AccountAdministration accounts;

    AccountsEndpoint(AccountAdministration accounts) {
        this.accounts = accounts;
    }

    /**
     * One page of accounts.
     *
     * @param accounts sorted by name
     * @param next to be sent as {@code after} for the next page; null on the last page
     */
    @Schema(name = "AccountPage")
    record AccountList(
            List<AccountDocument> accounts, @Nullable String next) {}

    /** The list is wrapped in an object so that more can be added to the answer later. */
    @Schema(name = "AccountHistory")
    record Changes(List<Change> changes) {}

    /**
     * One change to an account.
     *
     * @param client id of the client, such as a portal
     * @param person for whom the client acted, written as in {@code X-Acting-Person}; null if it acted for itself
     * @param before the account before the change; null if it was created
     * @param after the account after the change
     */
    @Schema(name = "AccountChange")
    record Change(
            Instant at,
            String client,
            @Nullable String person,
            @JsonRawValue @Schema(type = "object") @Nullable String before,
            @JsonRawValue @Schema(type = "object") String after) {}

    @GetMapping
    @Operation(
            summary = "Accounts sorted by name, or those that match a text",
            description =
                    "100 at a time: send next as after to get the following ones. An account manager sees the accounts of"
                            + " their territory: those created for it, and those of people who act for someone in it.")
    AccountList list(
            @Parameter(description = "Part of a name or of an address; all accounts if left out", example = "durand")
                    @RequestParam(required = false)
                    @Nullable
                    String text,
            @Parameter(description = "next of the previous page; the first page if left out")
                    @RequestParam(required = false)
                    @Nullable
                    String after) {
        List<AccountView> found = accounts.list(text, after(after), AT_ONCE + 1);
        List<AccountView> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        return new AccountList(
                shown.stream().map(AccountDocument::of).toList(),
                found.size() > AT_ONCE ? shown.getLast().id().toString() : null);
    }

    private static @Nullable UUID after(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "after",
                    "must be next from the previous page",
                    "Cette suite de liste n'existe pas : reprenez la liste depuis le début.");
        }
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping
    @Operation(summary = "Creates an account and sends the welcome mail")
    ResponseEntity<AccountDocument> make(@RequestBody AccountDocument document) {
        AccountView made = accounts.make(document.input(), new SentForm(null));
        return ResponseEntity.created(URI.create("/api/v1/accounts/" + made.id()))
                .eTag(tag(made))
                .body(AccountDocument.of(made));
    }

    @GetMapping("/{account}")
    @Operation(summary = "One account, with its version as ETag")
    ResponseEntity<AccountDocument> get(@Parameter(description = ID) @PathVariable String account) {
        return answer(accounts.account(id(account)));
    }

    @PutMapping("/{account}")
    @Operation(
            summary = "Replaces names, address, roles and territories",
            description = "Delegations and facilities move to a new address, which gets the welcome mail.")
    ResponseEntity<AccountDocument> put(
            @Parameter(description = ID) @PathVariable String account,
            @RequestBody AccountDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(TransactionRetry.retryOnce(
                () -> accounts.change(id(account), document.input(), EntityTag.expectedBy(ifMatch))));
    }

    @PostMapping("/{account}/close")
    @Operation(summary = "Closes an account: it no longer gives access, effective at once on every node")
    ResponseEntity<AccountDocument> close(
            @Parameter(description = ID) @PathVariable String account,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(accounts.close(id(account), EntityTag.expectedBy(ifMatch)));
    }

    @PostMapping("/{account}/reopen")
    @Operation(summary = "Reopens an account")
    ResponseEntity<AccountDocument> reopen(
            @Parameter(description = ID) @PathVariable String account,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(accounts.reopen(id(account), EntityTag.expectedBy(ifMatch)));
    }

    @ApiResponse(responseCode = "204", description = "Put into the outbox")
    @ApiResponse(
            responseCode = "429",
            description = "The address got three welcome mails within an hour; Retry-After says when to try again",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @PostMapping("/{account}/welcome-mail")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sends the welcome mail again", description = "An address gets at most three an hour.")
    void welcome(@Parameter(description = ID) @PathVariable String account) {
        accounts.sendWelcomeMail(id(account), null);
    }

    @GetMapping("/{account}/history")
    @Operation(summary = "Who changed the account and when, with the states before and after; newest first")
    Changes history(@Parameter(description = ID) @PathVariable String account) {
        return new Changes(accounts.changes(id(account), CHANGES).stream()
                .map(change ->
                        new Change(change.at(), change.client(), change.person(), change.before(), change.after()))
                .toList());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no account " + text, "Ce compte n'existe pas.");
        }
    }

    private static ResponseEntity<AccountDocument> answer(AccountView view) {
        return ResponseEntity.ok().eTag(tag(view)).body(AccountDocument.of(view));
    }

    private static String tag(AccountView view) {
        return new EntityTag(view.revision()).toString();
    }
}
