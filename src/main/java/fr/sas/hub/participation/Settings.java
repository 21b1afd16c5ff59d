package fr.sas.hub.participation;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's settings (DOMAIN §5). Without settings a practitioner has the {@link #DEFAULT}: shown, not
 * participating.
 *
 * @param vendorSlotsHidden whether vendors' slots must not be shown
 * @param structure the CPTS, MSP, SOS association or health centre they participate through
 * @param practiceLocations ids of directory places where a participation through a CPTS counts; empty for all
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
        /** Never chosen by practitioners themselves: follows from their health centre's settings. */
        CDS
    }

    public static final Settings DEFAULT =
            new Settings(false, false, null, null, Set.of(), null, Set.of(), false, false);

    public Settings {
        practiceLocations = Set.copyOf(practiceLocations);
        vendors = Set.copyOf(vendors);
    }

    /**
     * The CPTS, MSP, SOS association or health centre that calls them; null if they are called at their own practice or
     * not at all.
     */
    public @Nullable StructureId calledThrough() {
        return participates && participatesThrough != Through.PRACTICE ? structure : null;
    }

    /**
     * Whether their participation counts at a place: with a CPTS only at the places listed, or at all if none are
     * listed.
     */
    boolean countsAt(String place) {
        return participates
                && (participatesThrough != Through.CPTS
                        || practiceLocations.isEmpty()
                        || practiceLocations.contains(place));
    }

    /** The same settings, not to be called. */
    Settings withoutParticipation() {
        return participatingAs(false, participatesThrough, structure);
    }

    /** The same settings for a salaried doctor whose centre participates for them. */
    Settings throughCentre(StructureId centre) {
        return participatingAs(true, Through.CDS, centre);
    }

    private Settings participatingAs(boolean yes, @Nullable Through through, @Nullable StructureId named) {
        return new Settings(
                vendorSlotsHidden,
                yes,
                through,
                named,
                practiceLocations,
                usesBookingSoftware,
                vendors,
                declaresTwoHours,
                emergencyReorientation);
    }
}
