package fr.sas.hub.participation;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's settings (DOMAIN §5). Without settings a practitioner is {@link #DEFAULT}: shown, not participating.
 *
 * @param vendorSlotsHidden refuses to display vendors' slots
 * @param structure the CPTS, MSP, SOS association or health centre they participate through
 * @param practiceLocations ids of directory places
 */
public record Settings(
        boolean vendorSlotsHidden,
        boolean participates,
        @Nullable Through participatesThrough,
        @Nullable StructureId structure,
        Set<String> practiceLocations,
        @Nullable Boolean usesBookingSoftware,
        Set<Source> vendors,
        boolean declaresTwoHours,
        boolean emergencyReorientation) {

    public enum Through {
        PRACTICE,
        CPTS,
        MSP,
        SOS,
        /** Never said by practitioners themselves: it follows from their health centre's settings. */
        CDS
    }

    public static final Settings DEFAULT =
            new Settings(false, false, null, null, Set.of(), null, Set.of(), false, false);

    public Settings {
        practiceLocations = Set.copyOf(practiceLocations);
        vendors = Set.copyOf(vendors);
    }

    /** The same of a salaried doctor whose centre participates for them. */
    Settings throughCentre(StructureId centre) {
        return new Settings(
                vendorSlotsHidden,
                true,
                Through.CDS,
                centre,
                practiceLocations,
                usesBookingSoftware,
                vendors,
                declaresTwoHours,
                emergencyReorientation);
    }
}
