package fr.sas.hub.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR Period as instants. An end given as a day, month or year includes that day, month or year entirely (R4,
 * Period).
 *
 * @param from its first instant; null when the start is missing or unreadable
 * @param until the first instant after it; null when the end is missing or unreadable
 */
public record FhirPeriod(@Nullable Instant from, @Nullable Instant until) {

    public static final FhirPeriod ALWAYS = new FhirPeriod(null, null);

    private static final int LONGEST = 35;

    /** @param zone the zone in which partial dates are interpreted */
    public static FhirPeriod of(@Nullable String start, @Nullable String end, ZoneId zone) {
        return start == null && end == null ? ALWAYS : new FhirPeriod(edge(start, zone, 0), edge(end, zone, 1));
    }

    public boolean isOverAt(Instant instant) {
        return until != null && !instant.isBefore(until);
    }

    public boolean holds(Instant instant) {
        return !isOverAt(instant) && (from == null || !instant.isBefore(from));
    }

    /** @param more units of its precision to add */
    private static @Nullable Instant edge(@Nullable String text, ZoneId zone, int more) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        try {
            LocalDate day = switch (text.length()) {
                case 4 -> LocalDate.parse(text + "-01-01").plusYears(more);
                case 7 -> LocalDate.parse(text + "-01").plusMonths(more);
                case 10 -> LocalDate.parse(text).plusDays(more);
                default -> null;
            };
            if (day != null) {
                return day.atStartOfDay(zone).toInstant();
            }
            FhirInstants.WrittenInstant written = FhirInstants.read(text);
            if (written == null) {
                return null;
            }
            ZoneOffset offset = written.offset();
            return offset == null
                    ? written.local().atZone(zone).toInstant()
                    : written.local().toInstant(offset);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
