package fr.sas.hub.agenda.place;

import fr.sas.hub.agenda.entry.AgendaEntry;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What was entered for a place: when nobody is there, and what a regulator should know.
 *
 * @param place the directory's id
 * @param unavailabilityVersion 0 if nothing was ever entered
 * @param information empty for none
 * @param informationVersion 0 if nothing was ever entered
 */
public record PlaceStatement(
        String place,
        ZoneId zone,
        Unavailability unavailability,
        long unavailabilityVersion,
        AgendaEntry.@Nullable Stamp unavailabilityChanged,
        String information,
        long informationVersion,
        AgendaEntry.@Nullable Stamp informationChanged) {

    public static PlaceStatement of(PlaceTables.PlaceRow kept) {
        return new PlaceStatement(
                kept.subjectPlace().place(),
                kept.subjectPlace().zone(),
                kept.unavailability().what(),
                kept.unavailability().version(),
                kept.unavailability().changed(),
                kept.information().what().orElse(""),
                kept.information().version(),
                kept.information().changed());
    }
}
