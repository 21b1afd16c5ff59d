package fr.sas.hub.slot;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where the subject's slots take place: a practitioner's place of practice, or an SOS consultation site.
 *
 * @param key identical for the same place of one subject, whatever the source: the directory's place id when it knows
 *     the place, else the structure's national id, else a digest of the address
 * @param structure preferred national id (FINESS, else SIRET, else rang); null when no source gives one
 * @param name only sites have one
 * @param localId the source's own identifier of a site, as {@code system|value}; null for places of practice
 * @param phone in +33 form; null when not known for certain
 * @param zone the place's time zone, derived from its postal code
 */
public record PracticeLocation(
        String key,
        @Nullable StructureId structure,
        @Nullable String name,
        @Nullable String localId,
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String phone,
        ZoneId zone,
        List<OpeningHours> hours) {
    public PracticeLocation {
        hours = List.copyOf(hours);
    }
}
