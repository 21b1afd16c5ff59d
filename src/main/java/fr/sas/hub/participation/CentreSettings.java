package fr.sas.hub.participation;

import org.jspecify.annotations.Nullable;

/**
 * A health centre's settings (DOMAIN §5). They are those of its salaried doctors, who do nothing themselves. A centre
 * that never set anything is {@link #DEFAULT}: it does not participate.
 *
 * @param participatingProfessionals how many of its professionals take part; null when it was not said
 * @param acceptsOverbooking agrees to be called for patients beyond the published slots
 * @param declaresTwoHours a week per general practitioner
 */
public record CentreSettings(
        @Nullable Integer participatingProfessionals, boolean acceptsOverbooking, boolean declaresTwoHours) {

    public static final CentreSettings DEFAULT = new CentreSettings(null, false, false);

    /** 0 when it was not said. */
    int professionals() {
        return participatingProfessionals == null ? 0 : participatingProfessionals;
    }

    /** Both boxes are needed. */
    public boolean participates() {
        return acceptsOverbooking && declaresTwoHours;
    }
}
