package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One activity of the national extraction: a practitioner at a place.
 *
 * @param placeId null when the line tells no place
 * @param structures preferred first
 */
record ExtractionLine(
        PractitionerId practitioner,
        String family,
        @Nullable String given,
        @Nullable String profession,
        @Nullable String specialty,
        @Nullable String placeId,
        List<StructureId> structures,
        @Nullable String name,
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String phone,
        boolean phoneLeftOut) {}
