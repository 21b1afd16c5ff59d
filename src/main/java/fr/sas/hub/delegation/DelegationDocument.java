package fr.sas.hub.delegation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delegation as it is written on the wire. What is read only is ignored when it is sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delegation")
record DelegationDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "National id of the practitioner who asked for the delegate")
        @Nullable
        String practitioner,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows them") @Nullable
        String practitionerName,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "National id of the health centre, when it was one that asked for the delegate")
        @Nullable
        String facility,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows it") @Nullable
        String facilityName,

        @Schema(
                description = "Of the delegate: who signs in with it acts for the practitioner or the centre",
                maxLength = 254)
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
        return Delegation.Delegate.of(email, family, given, town);
    }

    /** @param name of who asked, as the directory knows them; null when it no longer does */
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
                delegation.state().word(),
                delegation.reason(),
                delegation.requested().at(),
                delegation.requested().by(),
                delegation.changed().at(),
                delegation.changed().by());
    }
}
