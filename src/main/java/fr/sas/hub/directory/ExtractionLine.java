package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One activity in the national extraction: a practitioner at a place.
 *
 * @param structures preferred first
 * @param address the key of the address; null when the line contains too little of one
 * @param kind of the structure; null when it cannot be derived from the sector of activity
 */
record ExtractionLine(
        PractitionerId practitioner,
        String family,
        @Nullable String given,
        @Nullable String profession,
        @Nullable String specialty,
        List<StructureId> structures,
        @Nullable String address,
        @Nullable String name,
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String phone,
        boolean phoneLeftOut,
        Facility.@Nullable Kind kind) {}
