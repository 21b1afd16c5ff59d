package fr.sas.hub.delegation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delegation as represented on the wire. Read-only fields are ignored on input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delegation")
record DelegationDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "National id of the practitioner who requested the delegate")
        @Nullable
        String practitioner,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows them") @Nullable
        String practitionerName,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "National id of the health centre, if a centre requested the delegate")
        @Nullable
        String facility,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows it") @Nullable
        String facilityName,

        @Schema(
                description = "The delegate's: whoever signs in with it acts for the practitioner or the centre",
                maxLength = 254)
        @Nullable
        String email,

        @Schema(description = "The delegate's", maxLength = 100) @Nullable
        String family,

        @Schema(description = "The delegate's", maxLength = 100) @Nullable
        String given,

        @Schema(description = "The delegate's", maxLength = 100) @Nullable
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
        return Delegation.Delegate.of(email, family, given, town);
    }

    /** @param name of the requester, as the directory knows them; null if it no longer does */
    static DelegationDocument of(Delegation delegation, @Nullable String name) {
        boolean ofCentre = delegation.subject() instanceof StructureId;
        String id = delegation.subject().value();
        Delegation.Delegate delegate = delegation.delegate();
        return new DelegationDocument(
                delegation.id().toString(),
                ofCentre ? null : id,
                ofCentre ? null : name,
                ofCentre ? id : null,
                ofCentre ? name : null,
                delegate.email().value(),
                delegate.family(),
                delegate.given(),
                delegate.town(),
                delegation.state().code(),
                delegation.reason(),
                delegation.requested().at(),
                delegation.requested().by(),
                delegation.changed().at(),
                delegation.changed().by());
    }
}
