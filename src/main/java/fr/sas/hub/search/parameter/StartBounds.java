package fr.sas.hub.search.parameter;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.slot.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code start=ge…&start=le…}, with the prefixes and precisions of R4 dates (<a
 * href="https://hl7.org/fhir/R4/search.html#date">search</a>): a value covers the whole period that it leaves open. A
 * value without an offset is in Europe/Paris (DESIGN §4).
 */
public final class StartBounds {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** The period that a value covers: instants from {@code from}, inclusive, to {@code end}, exclusive. */
    private record Period(Instant from, Instant end) {
        Instant last() {
            return end.minusMillis(1);
        }
    }

    private StartBounds() {}

    public static Window read(QueryString query, String name) {
        List<String> values = query.all(name);
        if (values.isEmpty()) {
            throw new FhirRefusal(400, "required", "Parameter " + name + " is missing: ge… and le… are both required");
        }
        Instant from = null;
        Instant to = null;
        for (String value : values) {
            if (value.indexOf(',') >= 0) {
                throw FhirRefusal.malformed(
                        name, "a comma means either one; to give both bounds, repeat " + name + ", not " + value);
            }
            boolean hasPrefix = value.length() >= 2 && isLetter(value.charAt(0)) && isLetter(value.charAt(1));
            Period period = period(name, hasPrefix ? value.substring(2) : value);
            switch (hasPrefix ? value.substring(0, 2) : "eq") {
                case "ge" -> from = latest(from, period.from);
                case "gt", "sa" -> from = latest(from, period.end);
                case "le" -> to = earliest(to, period.last());
                case "lt", "eb" -> to = earliest(to, period.from.minusMillis(1));
                case "eq" -> {
                    from = latest(from, period.from);
                    to = earliest(to, period.last());
                }
                default ->
                    throw FhirRefusal.malformed(
                            name, "must begin with ge, gt, sa, le, lt, eb, eq or the date itself, not " + value);
            }
        }
        if (from == null || to == null) {
            throw new FhirRefusal(
                    400, "required", "Parameter " + name + " needs both a lower bound (ge) and an upper bound (le)");
        }
        if (to.isBefore(from)) {
            throw FhirRefusal.malformed(name, "the upper bound is before the lower one");
        }
        return new Window(from, to);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Instant latest(@Nullable Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    private static Instant earliest(@Nullable Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }

    private static Period period(String name, String text) {
        // the raw + of an offset was decoded as a space along the way
        String clean = text.strip().replace(' ', '+');
        try {
            Period period = clean.indexOf('T') < 0 ? ofDate(clean) : ofInstant(clean);
            if (period != null) {
                return period;
            }
        } catch (DateTimeException e) {
            // rejected below
        }
        throw FhirRefusal.malformed(
                name, "not an instant, a day, a month or a year: " + text + " (such as 2026-06-12T16:40:00.000+02:00)");
    }

    /** {@code yyyy}, {@code yyyy-MM} or {@code yyyy-MM-dd}. */
    private static @Nullable Period ofDate(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean hyphen = i == 4 || i == 7;
            if (hyphen ? text.charAt(i) != '-' : text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return switch (text.length()) {
            case 4 -> ofDays(LocalDate.parse(text + "-01-01"), ChronoUnit.YEARS);
            case 7 -> ofDays(LocalDate.parse(text + "-01"), ChronoUnit.MONTHS);
            case 10 -> ofDays(LocalDate.parse(text), ChronoUnit.DAYS);
            default -> null;
        };
    }

    private static Period ofDays(LocalDate first, ChronoUnit unit) {
        return new Period(
                first.atStartOfDay(PARIS).toInstant(),
                first.plus(1, unit).atStartOfDay(PARIS).toInstant());
    }

    /** To the minute, the second or a fraction of one; anything finer counts as one millisecond. */
    private static @Nullable Period ofInstant(String text) {
        FhirInstants.WrittenInstant written = FhirInstants.read(text);
        if (written == null) {
            return null;
        }
        LocalDateTime local = written.local();
        ZoneOffset offset = written.offset();
        Instant from = (offset == null ? local.atZone(PARIS).toInstant() : local.toInstant(offset))
                .truncatedTo(ChronoUnit.MILLIS);
        boolean toTheMinute = text.length() == 16 || text.charAt(16) != ':';
        boolean toTheSecond = !toTheMinute && (text.length() == 19 || text.charAt(19) != '.');
        return new Period(
                from,
                from.plus(1, toTheMinute ? ChronoUnit.MINUTES : toTheSecond ? ChronoUnit.SECONDS : ChronoUnit.MILLIS));
    }
}
