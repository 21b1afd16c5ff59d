package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.push.AvailabilityTime.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slots of a Schedule that says when it is free instead of listing Slots (GAP flows 3a–c, docs/decisions/0017). Free
 * time is divided by the shortest duration of its service types, or shown as ranges if none is given; whatever is not
 * free, or is listed by the vendor as a Slot, is left out.
 */
final class ComputedSlots {

    private static final Set<String> DURATIONS = Set.of(
            "http://interopsante.org/fhir/StructureDefinition/FrServiceTypeDuration",
            "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-service-type-duration");
    private static final Map<String, Duration> UNITS =
            Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1), "h", Duration.ofHours(1));
    /** Anything shorter is taken for a mistake in the unit. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    /** Anything longer is taken for a mistake. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private ComputedSlots() {}

    /** @throws AvailabilityTime.Unclear if slots cannot be computed, with the element that is to blame */
    static void check(JsonNode schedule) throws AvailabilityTime.Unclear {
        if (!AvailabilityTime.of(schedule).isEmpty()) {
            duration(schedule);
        }
    }

    /** Whether there may be slots after {@code end}. */
    static boolean goOnAfter(JsonNode schedule, Instant end) {
        try {
            return AvailabilityTime.of(schedule).stream()
                    .anyMatch(time -> time.free()
                            && (time.rule() != null
                                    || time.end()
                                            .local()
                                            .toInstant(java.util.Objects.requireNonNull(
                                                    time.end().offset()))
                                            .isAfter(end)));
        } catch (AvailabilityTime.Unclear e) {
            return false;
        }
    }

    /**
     * @param span in which the slots begin
     * @param listed times of the Schedule's own Slots, free or not
     * @return the JSON of each, by address, ready to be an entry
     */
    static Map<ResourceAddress, String> of(String id, JsonNode schedule, ZoneId zone, Span span, List<Span> listed) {
        try {
            List<AvailabilityTime> times = AvailabilityTime.of(schedule);
            if (times.isEmpty()) {
                return Map.of();
            }
            List<Span> taken = new ArrayList<>(listed);
            List<Span> free = new ArrayList<>();
            for (AvailabilityTime time : times) {
                (time.free() ? free : taken).addAll(time.within(span, zone));
            }
            Span horizon = horizon(schedule);
            Duration length = duration(schedule);
            Map<ResourceAddress, String> slots = new LinkedHashMap<>();
            for (Span one : length == null ? subtract(joined(free), taken) : cut(joined(free), taken, length)) {
                boolean planned =
                        !one.from().isBefore(horizon.from()) && !one.to().isAfter(horizon.to());
                if (planned && one.to().isAfter(span.from()) && !one.from().isAfter(span.to())) {
                    ResourceAddress address = new ResourceAddress(
                            "Slot",
                            ResourceContent.digest(id + "|" + one.from() + "|" + one.to())
                                    .toString());
                    slots.put(address, write(address, id, schedule, one, zone));
                }
            }
            return slots;
        } catch (AvailabilityTime.Unclear e) {
            return Map.of();
        }
    }

    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            if (!joined.isEmpty() && !span.from().isAfter(joined.getLast().to())) {
                Span before = joined.removeLast();
                joined.add(new Span(before.from(), before.to().isAfter(span.to()) ? before.to() : span.to()));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    /** Counted from the start of each free time. */
    private static List<Span> cut(List<Span> free, List<Span> taken, Duration length) {
        List<Span> slots = new ArrayList<>();
        for (Span span : free) {
            for (Instant at = span.from(); !at.plus(length).isAfter(span.to()); at = at.plus(length)) {
                Span slot = new Span(at, at.plus(length));
                if (taken.stream().noneMatch(slot::meets)) {
                    slots.add(slot);
                }
            }
        }
        return slots;
    }

    private static List<Span> subtract(List<Span> free, List<Span> taken) {
        List<Span> rest = free;
        for (Span away : taken) {
            List<Span> next = new ArrayList<>();
            for (Span span : rest) {
                if (!span.meets(away)) {
                    next.add(span);
                    continue;
                }
                if (span.from().isBefore(away.from())) {
                    next.add(new Span(span.from(), away.from()));
                }
                if (away.to().isBefore(span.to())) {
                    next.add(new Span(away.to(), span.to()));
                }
            }
            rest = next;
        }
        List<Span> pieces = new ArrayList<>();
        for (Span span : rest) {
            for (Instant at = span.from(); at.isBefore(span.to()); at = at.plus(LONGEST)) {
                pieces.add(new Span(at, at.plus(LONGEST).isBefore(span.to()) ? at.plus(LONGEST) : span.to()));
            }
        }
        return pieces;
    }

    private static @Nullable Duration duration(JsonNode schedule) throws AvailabilityTime.Unclear {
        Duration shortest = null;
        JsonNode extensions = schedule.path("extension");
        for (int i = 0; i < extensions.size(); i++) {
            if (DURATIONS.contains(extensions.get(i).path("url").asText())) {
                for (JsonNode part : extensions.get(i).path("extension")) {
                    if (part.path("url").asText().equals("duration")) {
                        Duration one = duration(part.path("valueDuration"), ".extension[" + i + "]");
                        shortest = shortest == null || one.compareTo(shortest) < 0 ? one : shortest;
                    }
                }
            }
        }
        return shortest;
    }

    private static Duration duration(JsonNode said, String path) throws AvailabilityTime.Unclear {
        String unit = said.path("code").asText(said.path("unit").asText("min"));
        Duration one = UNITS.get(unit.startsWith("min") ? "min" : unit);
        if (one == null || !said.path("value").isNumber()) {
            throw new AvailabilityTime.Unclear(path, "A duration must be a number of min or h");
        }
        Duration duration = Duration.ofMillis(said.path("value")
                .decimalValue()
                .multiply(BigDecimal.valueOf(one.toMillis()))
                .longValue());
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new AvailabilityTime.Unclear(path, "A duration must be between 5 min and 24 h");
        }
        return duration;
    }

    private static Span horizon(JsonNode schedule) {
        JsonNode horizon = schedule.path("planningHorizon");
        Instant from = ResourceContent.instant(horizon.path("start"));
        Instant to = ResourceContent.instant(horizon.path("end"));
        return new Span(from == null ? Instant.MIN : from, to == null ? Instant.MAX : to);
    }

    /** The Schedule's audiences, service types and specialties apply to its slots. */
    private static String write(ResourceAddress address, String schedule, JsonNode of, Span span, ZoneId zone) {
        ObjectNode slot =
                PushJson.MAPPER.createObjectNode().put("resourceType", "Slot").put("id", address.id());
        if (!of.path("meta").path("security").isEmpty()) {
            slot.putObject("meta").set("security", of.path("meta").path("security"));
        }
        for (String element : List.of("serviceType", "specialty")) {
            if (!of.path(element).isEmpty()) {
                slot.set(element, of.path(element));
            }
        }
        slot.putObject("schedule").put("reference", "Schedule/" + schedule);
        slot.put("status", "free")
                .put("start", FhirInstants.write(span.from(), zone))
                .put("end", FhirInstants.write(span.to(), zone));
        return slot.toString();
    }
}
