package fr.sas.hub.participation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.access.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A health centre's settings as represented on the wire and in the database. Omitted fields have their defaults. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CentreSettings")
record CentreSettingsDocument(
        @Schema(
                description = "How many of the centre's professionals participate; to participate, required and at "
                        + "least 1",
                minimum = "0",
                maximum = "10000")
        @Nullable
        Integer participatingProfessionals,

        @Schema(
                description = "Agrees that its doctors may be called for patients beyond the published slots",
                defaultValue = "false")
        @Nullable
        Boolean acceptsOverbooking,

        @Schema(description = "Declares two hours a week per general practitioner", defaultValue = "false") @Nullable
        Boolean declaresTwoHours,

        @Schema(
                accessMode = Schema.AccessMode.READ_ONLY,
                description = "Whether the centre, and its salaried doctors through it, participate: both boxes are "
                        + "required")
        @Nullable
        Boolean participates,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    private static final int MOST_PROFESSIONALS = 10_000;

    /** As stored in the database. */
    static CentreSettingsDocument of(CentreSettings settings) {
        return of(settings, null);
    }

    static CentreSettingsDocument of(CentreSettings settings, @Nullable SettingsChange changed) {
        return new CentreSettingsDocument(
                settings.participatingProfessionals(),
                settings.acceptsOverbooking(),
                settings.declaresTwoHours(),
                settings.participates(),
                changed == null ? null : changed.at(),
                changed == null ? null : changed.by());
    }

    /** @throws InvalidInput if the number breaks a rule */
    CentreSettings toSettings() {
        CentreSettings settings = new CentreSettings(
                participatingProfessionals,
                Boolean.TRUE.equals(acceptsOverbooking),
                Boolean.TRUE.equals(declaresTwoHours));
        int professionals = participatingProfessionals == null ? 0 : participatingProfessionals;
        if (professionals < 0 || professionals > MOST_PROFESSIONALS) {
            throw new InvalidInput(
                    "participatingProfessionals",
                    "must be a number from 0 to " + MOST_PROFESSIONALS,
                    "Indiquez un nombre de professionnels de 0 à " + MOST_PROFESSIONALS + ".",
                    "Enter a number of professionals from 0 to " + MOST_PROFESSIONALS + ".");
        }
        if (settings.participates() && professionals == 0) {
            throw new InvalidInput(
                    "participatingProfessionals",
                    "must be at least 1 for a centre that participates",
                    "Pour participer, indiquez le nombre de professionnels de santé du centre : au moins 1.",
                    "To participate, enter the number of health professionals of the centre: at least 1.");
        }
        return settings;
    }
}
