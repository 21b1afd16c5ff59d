package fr.sas.hub.participation;

import org.jspecify.annotations.Nullable;

/**
 * A health centre's settings (DOMAIN §5). They apply to its salaried doctors, who need do nothing themselves. A centre
 * that has never saved any has the {@link #DEFAULT}: it does not participate.
 *
 * @param participatingProfessionals how many of its professionals participate; null if not stated
 * @param acceptsOverbooking agrees that its doctors may be called for patients beyond the published slots
 * @param declaresTwoHours a week per general practitioner
 */
public record CentreSettings(
        @Nullable Integer participatingProfessionals, boolean acceptsOverbooking, boolean declaresTwoHours) {

    public static final CentreSettings DEFAULT = new CentreSettings(null, false, false);

    /** 0 if not stated. */
    int professionals() {
        return participatingProfessionals == null ? 0 : participatingProfessionals;
    }

    /** Both boxes are required. */
    public boolean participates() {
        return acceptsOverbooking && declaresTwoHours;
    }
}
