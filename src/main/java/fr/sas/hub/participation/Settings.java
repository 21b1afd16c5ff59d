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
 * @param practiceLocations ids of directory places: where a participation through a CPTS counts; none for everywhere
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

    /** The CPTS, MSP, SOS association or health centre that calls them; null for who is called at their own practice, or not at all. */
    public @Nullable StructureId calledThrough() {
        return participates && participatesThrough != Through.PRACTICE ? structure : null;
    }

    /** Whether their participation counts at a place: the places named with a CPTS are all where it does, none named are all of them. */
    boolean countsAt(String place) {
        return participates
                && (participatesThrough != Through.CPTS
                        || practiceLocations.isEmpty()
                        || practiceLocations.contains(place));
    }

    /** The same where they are not to be called. */
    Settings withoutParticipation() {
        return participatingAs(false, participatesThrough, structure);
    }

    /** The same of a salaried doctor whose centre participates for them. */
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
