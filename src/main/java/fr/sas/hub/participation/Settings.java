package fr.sas.hub.participation;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's settings (DOMAIN §5). Without settings a practitioner is {@link #DEFAULT}: shown, not participating.
 *
 * @param vendorSlotsHidden refuses to display vendors' slots
 * @param structure the CPTS, MSP or SOS association they participate through
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
        SOS
    }

    public static final Settings DEFAULT =
            new Settings(false, false, null, null, Set.of(), null, Set.of(), false, false);

    public Settings {
        practiceLocations = Set.copyOf(practiceLocations);
        vendors = Set.copyOf(vendors);
    }
}
