package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.slot.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** Reads {@code start=ge…&start=le…}. An instant without offset is Europe/Paris (DESIGN §4); a date is the whole day there. */
final class StartBounds {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private StartBounds() {}

    static Window read(QueryString query, String name) {
        List<String> values = query.all(name);
        if (values.isEmpty()) {
            throw new FhirRefusal(400, "required", "Parameter " + name + " is missing: ge… and le… are both needed");
        }
        Instant from = null;
        Instant to = null;
        for (String value : values) {
            if (value.length() < 3) {
                throw FhirRefusal.malformed(name, "needs ge or le and an instant, not " + value);
            }
            String rest = value.substring(2);
            switch (value.substring(0, 2)) {
                case "ge" -> from = latest(from, instant(name, rest, false));
                case "gt" -> from = latest(from, instant(name, rest, true).plusMillis(1));
                case "le" -> to = earliest(to, instant(name, rest, true));
                case "lt" -> to = earliest(to, instant(name, rest, false).minusMillis(1));
                default -> throw FhirRefusal.malformed(name, "begins with ge or le, not " + value);
            }
        }
        if (from == null || to == null) {
            throw new FhirRefusal(
                    400, "required", "Parameter " + name + " needs both a lower (ge) and an upper bound (le)");
        }
        if (to.isBefore(from)) {
            throw FhirRefusal.malformed(name, "the upper bound lies before the lower one");
        }
        return new Window(from, to);
    }

    private static Instant latest(@org.jspecify.annotations.Nullable Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    private static Instant earliest(@org.jspecify.annotations.Nullable Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }

    private static Instant instant(String name, String text, boolean endOfDay) {
        String clean = text.strip().replace(' ', '+');
        try {
            if (clean.length() == 10) {
                LocalDate date = LocalDate.parse(clean);
                return endOfDay
                        ? date.plusDays(1).atStartOfDay(PARIS).toInstant().minusMillis(1)
                        : date.atStartOfDay(PARIS).toInstant();
            }
            boolean hasOffset = clean.endsWith("Z") || clean.lastIndexOf('+') > 10 || clean.lastIndexOf('-') > 10;
            return hasOffset
                    ? OffsetDateTime.parse(clean).toInstant()
                    : LocalDateTime.parse(clean).atZone(PARIS).toInstant();
        } catch (DateTimeException e) {
            throw FhirRefusal.malformed(name, "not an instant: " + text + " (such as 2026-06-12T16:40:00.000+02:00)");
        }
    }
}
