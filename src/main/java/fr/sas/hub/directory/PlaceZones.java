package fr.sas.hub.directory;

import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place's time zone, from its French postal code (DOMAIN §6; zones of the IANA time zone database). */
public final class PlaceZones {

    public static final ZoneId MAINLAND = ZoneId.of("Europe/Paris");

    /** By the first three digits. */
    private static final Map<String, ZoneId> OVERSEAS = Map.ofEntries(
            Map.entry("971", ZoneId.of("America/Guadeloupe")),
            Map.entry("972", ZoneId.of("America/Martinique")),
            Map.entry("973", ZoneId.of("America/Cayenne")),
            Map.entry("974", ZoneId.of("Indian/Reunion")),
            Map.entry("975", ZoneId.of("America/Miquelon")),
            Map.entry("976", ZoneId.of("Indian/Mayotte")),
            Map.entry("977", ZoneId.of("America/St_Barthelemy")),
            Map.entry("978", ZoneId.of("America/Marigot")),
            Map.entry("986", ZoneId.of("Pacific/Wallis")),
            Map.entry("987", ZoneId.of("Pacific/Tahiti")),
            Map.entry("988", ZoneId.of("Pacific/Noumea")));

    /** Where the whole code is needed: islands with postal codes under another territory's prefix. */
    private static final Map<String, ZoneId> ISLANDS = Map.ofEntries(
            Map.entry("97133", ZoneId.of("America/St_Barthelemy")),
            Map.entry("97150", ZoneId.of("America/Marigot")),
            Map.entry("98730", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98731", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98740", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98741", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98742", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98743", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98744", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98745", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98746", ZoneId.of("Pacific/Marquesas")),
            Map.entry("98755", ZoneId.of("Pacific/Gambier")),
            Map.entry("98796", ZoneId.of("Pacific/Marquesas")));

    private PlaceZones() {}

    /** Europe/Paris when the code is null or not that of an overseas territory. */
    public static ZoneId ofPostalCode(@Nullable String postalCode) {
        if (postalCode == null || postalCode.length() < 3 || postalCode.charAt(0) != '9') {
            return MAINLAND;
        }
        ZoneId island = ISLANDS.get(postalCode);
        return island != null ? island : OVERSEAS.getOrDefault(postalCode.substring(0, 3), MAINLAND);
    }
}
