package fr.sas.hub.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account in the API. Read-only properties are ignored in requests. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Account")
record AccountDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(description = "Whoever signs in with it is this person", maxLength = 254) @Nullable
        String email,

        @Schema(maxLength = 100) @Nullable String family,
        @Schema(maxLength = 100) @Nullable String given,

        @Schema(
                description =
                        "Roles that follow neither from the directory nor from a delegation: regulator, or ops (granted only by"
                                + " the platform)",
                example = "[\"regulator\"]")
        @Nullable
        List<@Nullable String> roles,

        @Schema(
                description =
                        "Numbers of the départements whose account managers manage it, in addition to those of the people it"
                                + " acts for; if an account manager leaves it out, all of their own",
                example = "[\"75\"]")
        @Nullable
        List<@Nullable String> territories,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "In which capacities it acts now: practitioner, delegate, manager, account-manager")
        @Nullable
        List<String> kinds,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "National id of a practitioner") @Nullable
        String practitioner,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "A closed account gives no access") @Nullable
        Boolean closed,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant createdAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Left out if no one has signed in yet")
        @Nullable
        Instant lastSignInAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Left out if not accepted yet") @Nullable
        Instant termsAcceptedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    AccountInput input() {
        return AccountInput.of(
                email,
                family,
                given,
                roles == null ? List.of() : roles,
                territories == null ? List.of() : territories,
                false);
    }

    static AccountDocument of(AccountView view) {
        return new AccountDocument(
                view.id().toString(),
                view.email(),
                view.family(),
                view.given(),
                nullable(view.roles()),
                nullable(view.territories()),
                view.kinds(),
                view.practitioner(),
                view.closedAt() != null,
                view.createdAt(),
                view.lastSignInAt(),
                view.termsAcceptedAt(),
                view.changedAt(),
                view.changedBy());
    }

    private static List<@Nullable String> nullable(List<String> texts) {
        return texts.stream().<@Nullable String>map(text -> text).toList();
    }
}
