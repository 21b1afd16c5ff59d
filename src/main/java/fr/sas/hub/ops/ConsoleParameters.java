package fr.sas.hub.ops;

import fr.sas.hub.directory.PlaceZones;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/** Parses the parameters that operators put into forms. */
final class ConsoleParameters {

    private ConsoleParameters() {}

    /**
     * Interprets a browser's {@code datetime-local} value in the time zone of mainland France; leaves other strings
     * unchanged.
     */
    static String onTheMainland(String text) {
        try {
            return LocalDateTime.parse(text)
                    .atZone(PlaceZones.MAINLAND)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
