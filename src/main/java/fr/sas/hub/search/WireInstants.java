package fr.sas.hub.search;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Instants as the guide writes them: milliseconds and a numeric offset, never {@code Z}; always 29 characters. */
final class WireInstants {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private WireInstants() {}

    static String write(Instant instant, ZoneId zone) {
        return FORM.format(instant.atZone(zone));
    }
}
