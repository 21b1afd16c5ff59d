package fr.sas.hub.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account as it is written on the wire. What is read only is ignored when it is sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Account")
record AccountDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(description = "Who signs in with it is this person", maxLength = 254) @Nullable
        String email,

        @Schema(maxLength = 100) @Nullable String family,
        @Schema(maxLength = 100) @Nullable String given,

        @Schema(
                description =
                        "What neither the directory nor a delegation says: regulator, or ops (the platform gives that one)",
                example = "[\"regulator\"]")
        @Nullable
        List<@Nullable String> roles,

        @Schema(
                description =
                        "Départements by number whose account managers take care of it, besides those of whom it acts"
                                + " for; left out by an account manager: all of their own",
                example = "[\"75\"]")
        @Nullable
        List<@Nullable String> territories,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "As whom it acts now: practitioner, delegate, manager, account-manager")
        @Nullable
        List<String> kinds,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "National id of a practitioner") @Nullable
        String practitioner,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Opens nothing while it is closed") @Nullable
        Boolean closed,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant createdAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Left out when nobody signed in yet") @Nullable
        Instant lastSignInAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Left out before") @Nullable
        Instant termsAcceptedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    AccountInput input() {
        return AccountInput.of(
                email, family, given, roles == null ? List.of() : roles, territories == null ? List.of() : territories);
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
