package fr.sas.hub.delegation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.directory.DirectoryPractitioner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A delegation as it is written on the wire. What is read only is ignored when it is sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delegation")
record DelegationDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "National id of who asked for the delegate")
        @Nullable
        String practitioner,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows them") @Nullable
        String practitionerName,

        @Schema(description = "Of the delegate: who signs in with it acts for the practitioner", maxLength = 254)
        @Nullable
        String email,

        @Schema(description = "Of the delegate", maxLength = 100) @Nullable
        String family,

        @Schema(description = "Of the delegate", maxLength = 100) @Nullable
        String given,

        @Schema(description = "Of the delegate", maxLength = 100) @Nullable
        String town,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                allowableValues = {"requested", "accepted", "refused", "revoked"})
        @Nullable
        String state,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Why it was refused") @Nullable
        String reason,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant requestedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String requestedBy,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    Delegation.Delegate delegate() {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        String ofTown = typed.name("town", town);
        typed.check();
        return new Delegation.Delegate(Objects.requireNonNull(address), familyName, givenName, ofTown);
    }

    /** @param known null when the directory no longer knows who asked */
    static DelegationDocument of(Delegation delegation, @Nullable DirectoryPractitioner known) {
        Delegation.Delegate delegate = delegation.delegate();
        return new DelegationDocument(
                delegation.id().toString(),
                delegation.practitioner().value(),
                known == null ? null : String.join(" ", known.given()) + " " + known.family(),
                delegate.email().value(),
                delegate.family(),
                delegate.given(),
                delegate.town(),
                delegation.state().word(),
                delegation.reason(),
                delegation.requested().at(),
                delegation.requested().by(),
                delegation.changed().at(),
                delegation.changed().by());
    }
}
