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

    public static final Settings DEFAULT = new Builder().build();

    public Settings {
        practiceLocations = Set.copyOf(practiceLocations);
        vendors = Set.copyOf(vendors);
    }

    /** Starts at the {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts at these settings. */
    public Builder toBuilder() {
        return new Builder()
                .vendorSlotsHidden(vendorSlotsHidden)
                .participates(participates)
                .participatesThrough(participatesThrough)
                .structure(structure)
                .practiceLocations(practiceLocations)
                .usesBookingSoftware(usesBookingSoftware)
                .vendors(vendors)
                .declaresTwoHours(declaresTwoHours)
                .emergencyReorientation(emergencyReorientation);
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
        return toBuilder().participates(false).build();
    }

    /** The same settings for a salaried doctor whose centre participates for them. */
    Settings throughCentre(StructureId centre) {
        return toBuilder()
                .participates(true)
                .participatesThrough(Through.CDS)
                .structure(centre)
                .build();
    }

    /** Names what differs from other settings, so that another setting concerns only those who use it. */
    public static final class Builder {

        private boolean vendorSlotsHidden;
        private boolean participates;
        private @Nullable Through participatesThrough;
        private @Nullable StructureId structure;
        private Set<String> practiceLocations = Set.of();
        private @Nullable Boolean usesBookingSoftware;
        private Set<Source> vendors = Set.of();
        private boolean declaresTwoHours;
        private boolean emergencyReorientation;

        private Builder() {}

        public Builder vendorSlotsHidden(boolean hidden) {
            vendorSlotsHidden = hidden;
            return this;
        }

        public Builder participates(boolean yes) {
            participates = yes;
            return this;
        }

        public Builder participatesThrough(@Nullable Through through) {
            participatesThrough = through;
            return this;
        }

        public Builder structure(@Nullable StructureId named) {
            structure = named;
            return this;
        }

        public Builder practiceLocations(Set<String> places) {
            practiceLocations = places;
            return this;
        }

        public Builder usesBookingSoftware(@Nullable Boolean uses) {
            usesBookingSoftware = uses;
            return this;
        }

        public Builder vendors(Set<Source> used) {
            vendors = used;
            return this;
        }

        public Builder declaresTwoHours(boolean declares) {
            declaresTwoHours = declares;
            return this;
        }

        public Builder emergencyReorientation(boolean accepts) {
            emergencyReorientation = accepts;
            return this;
        }

        public Settings build() {
            return new Settings(
                    vendorSlotsHidden,
                    participates,
                    participatesThrough,
                    structure,
                    practiceLocations,
                    usesBookingSoftware,
                    vendors,
                    declaresTwoHours,
                    emergencyReorientation);
        }
    }
}
