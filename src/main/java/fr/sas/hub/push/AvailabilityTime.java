package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirInstants;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.fortuna.ical4j.model.Recur;
import org.jspecify.annotations.Nullable;

/**
 * One period of the GAP extension {@code availabilityTime} of a Schedule: free or not, once or by a recurrence rule of
 * RFC 5545. Local hours stay the same across clock changes. {@code byHour}, {@code byMinute} and {@code bySecond}
 * repeat what start and end already say (GAP flow 3a) and are not read.
 *
 * @param start as written; its offset determines the first occurrence, its local time all others
 * @param rule null if the period does not recur
 */
record AvailabilityTime(
        boolean free,
        FhirInstants.WrittenInstant start,
        FhirInstants.WrittenInstant end,
        @Nullable String rule) {

    private static final Set<String> URLS = Set.of(
            "http://interopsante.org/fhir/StructureDefinition/FrScheduleAvailabiltyTime",
            "http://interopsante.org/fhir/StructureDefinition/FrScheduleAvailabilityTime",
            "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-schedule-availability-time");
    private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");
    private static final Map<String, String> DAYS =
            Map.of("MON", "MO", "TUE", "TU", "WED", "WE", "THU", "TH", "FRI", "FR", "SAT", "SA", "SUN", "SU");
    private static final List<String> NUMBERED = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Map<String, String> LISTS =
            Map.of("byMonthDay", "BYMONTHDAY", "byYearDay", "BYYEARDAY", "byWeekNo", "BYWEEKNO", "byMonth", "BYMONTH");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    /** A period that cannot be understood. */
    static final class Unclear extends Exception {
        private final String element;

        /** @param element its path within the Schedule, such as {@code .extension[0].extension[2]} */
        Unclear(String element, String message) {
            super(message);
            this.element = element;
        }

        String element() {
            return element;
        }
    }

    static List<AvailabilityTime> of(JsonNode schedule) throws Unclear {
        List<AvailabilityTime> times = new ArrayList<>();
        JsonNode extensions = schedule.path("extension");
        for (int i = 0; i < extensions.size(); i++) {
            if (URLS.contains(extensions.get(i).path("url").asText())) {
                times.add(read(extensions.get(i), ".extension[" + i + "]"));
            }
        }
        return times;
    }

    private static AvailabilityTime read(JsonNode period, String path) throws Unclear {
        String type = part(period, "type").path("valueCoding").path("code").asText("");
        if (!type.equals("free") && !type.startsWith("busy")) {
            throw new Unclear(
                    path,
                    "type must be free or busy-unavailable" + (type.isEmpty() ? ", but is missing" : ", not " + type));
        }
        FhirInstants.WrittenInstant start = time(period, "start", path);
        FhirInstants.WrittenInstant end = time(period, "end", path);
        if (!start.local().isBefore(end.local())) {
            throw new Unclear(path, "The period ends before it starts");
        }
        JsonNode rule = part(period, "rrule");
        return new AvailabilityTime(
                type.equals("free"), start, end, rule.isMissingNode() ? null : rule(rule, start, path));
    }

    private static JsonNode part(JsonNode extension, String url) {
        for (JsonNode part : extension.path("extension")) {
            if (part.path("url").asText().equals(url)) {
                return part;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static FhirInstants.WrittenInstant time(JsonNode period, String element, String path) throws Unclear {
        String text = part(period, element).path("valueDateTime").asText("");
        FhirInstants.WrittenInstant written = FhirInstants.read(text);
        if (written == null || written.offset() == null) {
            throw new Unclear(
                    path,
                    element + " must be a date and time with an offset"
                            + (text.isEmpty() ? ", but is missing" : ", not " + text));
        }
        return written;
    }

    private static String rule(JsonNode rule, FhirInstants.WrittenInstant start, String path) throws Unclear {
        String frequency =
                part(rule, "freq").path("valueCoding").path("code").asText("").toUpperCase(Locale.ROOT);
        if (!FREQUENCIES.contains(frequency)) {
            throw new Unclear(
                    path,
                    "rrule.freq must be one of " + FREQUENCIES.stream().sorted().toList());
        }
        StringBuilder text = new StringBuilder("FREQ=").append(frequency);
        number(rule, "count", text);
        number(rule, "interval", text);
        until(rule, text, start, path);
        List<String> days = new ArrayList<>();
        for (JsonNode part : rule.path("extension")) {
            if (part.path("url").asText().equals("byDay")) {
                for (String day : part.path("valueString").asText("").split("[,\\s]+")) {
                    days.add(day(day, path));
                }
            }
        }
        if (!days.isEmpty()) {
            text.append(";BYDAY=").append(String.join(",", days));
        }
        for (Map.Entry<String, String> list : LISTS.entrySet()) {
            list(rule, list.getKey(), list.getValue(), text);
        }
        String week = part(rule, "wkst").path("valueCode").asText("");
        if (!week.isEmpty()) {
            text.append(";WKST=").append(day(week, path));
        }
        try {
            new Recur<LocalDateTime>(text.toString());
        } catch (RuntimeException e) {
            throw new Unclear(path, "Not a recurrence rule of RFC 5545: " + text);
        }
        return text.toString();
    }

    private static void number(JsonNode rule, String name, StringBuilder text) {
        int number = part(rule, name).path("valueInteger").asInt(0);
        if (number > 0) {
            text.append(';').append(name.toUpperCase(Locale.ROOT)).append('=').append(number);
        }
    }

    /** Converted to local time, because occurrences are compared in it: the start's offset is taken as the place's. */
    private static void until(JsonNode rule, StringBuilder text, FhirInstants.WrittenInstant start, String path)
            throws Unclear {
        String until = part(rule, "until").path("valueDateTime").asText("");
        if (until.isEmpty()) {
            return;
        }
        FhirInstants.WrittenInstant written = FhirInstants.read(until.length() == 10 ? until + "T23:59:59" : until);
        if (written == null) {
            throw new Unclear(path, "rrule.until must be a date, or a date and time, not " + until);
        }
        LocalDateTime local = written.offset() == null || start.offset() == null
                ? written.local()
                : LocalDateTime.ofInstant(written.local().toInstant(written.offset()), start.offset());
        text.append(";UNTIL=").append(LOCAL.format(local));
    }

    private static String day(String text, String path) throws Unclear {
        String day = text.strip().toUpperCase(Locale.ROOT);
        if (day.matches("[+-]?\\d{0,2}(MO|TU|WE|TH|FR|SA|SU)")) {
            return day;
        }
        if (day.matches("[1-7]")) {
            return NUMBERED.get(Integer.parseInt(day) - 1);
        }
        String known = day.length() >= 3 ? DAYS.get(day.substring(0, 3)) : null;
        if (known == null) {
            throw new Unclear(path, "A day must be MO, TU, WE, TH, FR, SA or SU, not " + text);
        }
        return known;
    }

    private static void list(JsonNode rule, String name, String as, StringBuilder text) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode part : rule.path("extension")) {
            if (part.path("url").asText().equals(name)) {
                part.properties().forEach(field -> {
                    if (field.getKey().startsWith("value")) {
                        numbers.add(field.getValue().asText());
                    }
                });
            }
        }
        if (!numbers.isEmpty()) {
            text.append(';').append(as).append('=').append(String.join(",", numbers));
        }
    }

    /** A span of time. */
    record Span(Instant from, Instant to) {
        boolean meets(Span other) {
            return from.isBefore(other.to) && other.from.isBefore(to);
        }
    }

    /** The occurrences that overlap the span, in order. */
    List<Span> within(Span span, ZoneId zone) {
        LocalDateTime first = LocalDateTime.ofInstant(instant(start), zone);
        LocalDateTime last = LocalDateTime.ofInstant(instant(end), zone);
        java.time.Duration length = java.time.Duration.between(first, last);
        List<LocalDateTime> starts = rule == null
                ? List.of(first)
                : new Recur<LocalDateTime>(rule)
                        .getDates(
                                first,
                                LocalDateTime.ofInstant(span.from(), zone).minus(length),
                                LocalDateTime.ofInstant(span.to(), zone));
        List<Span> spans = new ArrayList<>(starts.size());
        for (LocalDateTime begins : starts) {
            Span occurrence = new Span(
                    begins.atZone(zone).toInstant(),
                    begins.plus(length).atZone(zone).toInstant());
            if (occurrence.from().isBefore(occurrence.to()) && occurrence.meets(span)) {
                spans.add(occurrence);
            }
        }
        return spans;
    }

    private static Instant instant(FhirInstants.WrittenInstant written) {
        return written.local().toInstant(java.util.Objects.requireNonNull(written.offset()));
    }
}
