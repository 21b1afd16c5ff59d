package fr.sas.hub.delegation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A manager of a facility as represented on the wire. Read-only fields are ignored on input. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "FacilityManager")
record FacilityManagerDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "National id of the facility") @Nullable
        String facility,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "As the directory knows it") @Nullable
        String facilityName,

        @Schema(description = "Whoever signs in with it acts for the facility", maxLength = 254) @Nullable
        String email,

        @Schema(maxLength = 100) @Nullable String family,
        @Schema(maxLength = 100) @Nullable String given,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant namedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String namedBy) {

    /** @param facilityName null if the directory does not know it */
    static FacilityManagerDocument of(FacilityManagerView named, @Nullable String facilityName) {
        return new FacilityManagerDocument(
                named.id().toString(),
                named.facility().value(),
                facilityName,
                named.email().value(),
                named.family(),
                named.given(),
                named.at(),
                named.by());
    }
}
