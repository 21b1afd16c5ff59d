package fr.sas.hub.delegation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.access.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** An account manager as represented on the wire. Read-only fields are ignored on input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AccountManager")
record AccountManagerDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(description = "Whoever signs in with it decides in these territories", maxLength = 254) @Nullable
        String email,

        @Schema(maxLength = 100) @Nullable String family,
        @Schema(maxLength = 100) @Nullable String given,

        @Schema(description = "Départements by number, such as 75, 2A or 974; at least one") @Nullable
        List<@Nullable String> territories,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    AccountManager.Details typed() {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        List<@Nullable String> codes = Objects.requireNonNullElse(territories, List.of());
        SortedSet<Territory> named = typed.territories("territories", codes);
        if (codes.isEmpty()) {
            typed.fault("territories", Territory.AT_LEAST_ONE);
        }
        typed.check();
        return new AccountManager.Details(
                Objects.requireNonNull(address), familyName, givenName, Territories.of(named));
    }

    static AccountManagerDocument of(AccountManager manager) {
        return new AccountManagerDocument(
                manager.getId().toString(),
                manager.typed().email().value(),
                manager.typed().family(),
                manager.typed().given(),
                manager.typed().territories().codes(),
                manager.changedAt(),
                manager.changedBy());
    }
}
