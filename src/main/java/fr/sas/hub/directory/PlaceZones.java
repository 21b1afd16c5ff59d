package fr.sas.hub.directory;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A place's time zone, by its French postal code (DOMAIN §6). */
public final class PlaceZones {

    public static final ZoneId MAINLAND = ZoneId.of("Europe/Paris");

    private PlaceZones() {}

    public static ZoneId ofPostalCode(@Nullable String postalCode) {
        return MAINLAND;
    }
}
