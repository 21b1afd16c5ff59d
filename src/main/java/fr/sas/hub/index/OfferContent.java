package fr.sas.hub.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parties and places as a source last described them: the part of an {@link Offer} stored beside its slots, and kept
 * for as long as the past can be explained, as a document of this room's own ({@link StoredJson}).
 */
record OfferContent(@Nullable String family, List<String> given, List<PracticeLocation> places) {

    private static final ObjectMapper JSON = new ObjectMapper();

    OfferContent {
        given = List.copyOf(given);
        places = List.copyOf(places);
    }

    static String write(Offer offer) {
        List<PracticeLocation> inOrder = offer.places().stream()
                .sorted(Comparator.comparing(PracticeLocation::key))
                .toList();
        return new OfferContent(offer.party().family(), offer.party().given(), inOrder).write();
    }

    String write() {
        ObjectNode node = JSON.createObjectNode();
        put(node, "family", family);
        given.forEach(node.putArray("given")::add);
        ArrayNode all = node.putArray("places");
        places.forEach(place -> write(place, all.addObject()));
        return node.toString();
    }

    private static void write(PracticeLocation place, ObjectNode node) {
        node.put("key", place.key());
        StructureId structure = place.structure();
        if (structure != null) {
            node.putObject("structure").put("value", structure.value());
        }
        put(node, "name", place.name());
        put(node, "localId", place.localId());
        put(node, "line", place.line());
        put(node, "postalCode", place.postalCode());
        put(node, "city", place.city());
        put(node, "phone", place.phone());
        node.put("zone", place.zone().getId());
        ArrayNode all = node.putArray("hours");
        place.hours().forEach(hours -> write(hours, all.addObject()));
    }

    private static void write(OpeningHours hours, ObjectNode node) {
        ArrayNode days = node.putArray("days");
        hours.days().forEach(day -> days.add(day.name()));
        node.put("allDay", hours.allDay());
        put(node, "opens", hours.opens());
        put(node, "closes", hours.closes());
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }

    /** Hour and minute as numbers, followed by the second and the nanosecond unless they are 0. */
    private static void put(ObjectNode node, String field, @Nullable LocalTime time) {
        if (time == null) {
            return;
        }
        ArrayNode numbers = node.putArray(field).add(time.getHour()).add(time.getMinute());
        if (time.getSecond() > 0 || time.getNano() > 0) {
            numbers.add(time.getSecond());
        }
        if (time.getNano() > 0) {
            numbers.add(time.getNano());
        }
    }

    /** Fills what this omits from what was known before. */
    OfferContent orElse(OfferContent before) {
        Map<String, PracticeLocation> all = new TreeMap<>();
        before.places.forEach(place -> all.put(place.key(), place));
        places.forEach(place -> all.put(place.key(), place));
        return new OfferContent(
                family == null ? before.family : family,
                family == null ? before.given : given,
                List.copyOf(all.values()));
    }

    static OfferContent read(String text) {
        JsonNode node = parsed(text);
        return new OfferContent(
                StoredJson.text(node.path("family")),
                StoredJson.texts(node.path("given")),
                StoredJson.each(node.path("places"), OfferContent::place));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database stores only valid JSON", e);
        }
    }

    private static PracticeLocation place(JsonNode node) {
        return new PracticeLocation(
                node.path("key").asText(),
                StructureId.parseNational(StoredJson.text(node.path("structure")))
                        .orElse(null),
                StoredJson.text(node.path("name")),
                StoredJson.text(node.path("localId")),
                StoredJson.text(node.path("line")),
                StoredJson.text(node.path("postalCode")),
                StoredJson.text(node.path("city")),
                StoredJson.text(node.path("phone")),
                ZoneId.of(node.path("zone").asText()),
                StoredJson.each(node.path("hours"), OfferContent::hours));
    }

    private static OpeningHours hours(JsonNode node) {
        List<DayOfWeek> days = StoredJson.texts(node.path("days")).stream()
                .map(day -> StoredJson.constant(DayOfWeek.class, day))
                .filter(Objects::nonNull)
                .toList();
        return new OpeningHours(
                days, node.path("allDay").asBoolean(), time(node.path("opens")), time(node.path("closes")));
    }

    private static @Nullable LocalTime time(JsonNode node) {
        if (node.isTextual()) {
            return LocalTime.parse(node.textValue());
        }
        List<Integer> numbers = new ArrayList<>(4);
        node.forEach(number -> numbers.add(number.asInt()));
        while (!numbers.isEmpty() && numbers.size() < 4) {
            numbers.add(0);
        }
        return numbers.isEmpty() ? null : LocalTime.of(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    NamedSubject party(Subject subject) {
        return new NamedSubject(subject, family, given);
    }
}
