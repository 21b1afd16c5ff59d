package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirPeriod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which names, phone numbers, addresses and identifiers may be used: those neither marked as old nor expired
 * (docs/decisions/0033).
 *
 * @param now null when unknown, and then none is expired
 */
public record CurrentValues(@Nullable Instant now) {

    /** Whether this one may be used. */
    public boolean holds(JsonNode element) {
        return !element.path("use").asText().equals("old")
                && (now == null || !period(element.path("period")).isOverAt(now));
    }

    static FhirPeriod period(JsonNode period) {
        return period.isMissingNode()
                ? FhirPeriod.ALWAYS
                : FhirPeriod.of(
                        period.path("start").textValue(), period.path("end").textValue(), PlaceZones.MAINLAND);
    }

    /** The usable ones of a list, in their original order. */
    List<JsonNode> among(JsonNode list) {
        List<JsonNode> some = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            if (holds(element)) {
                some.add(element);
            }
        }
        return some;
    }

    /** Names, best first: usual, official, those without a use, then the others in their original order. */
    public List<JsonNode> names(JsonNode list) {
        List<JsonNode> names = among(list);
        names.sort(Comparator.comparingInt(CurrentValues::rankOfName));
        return names;
    }

    private static int rankOfName(JsonNode name) {
        return switch (name.path("use").asText("")) {
            case "usual" -> 0;
            case "official" -> 1;
            case "" -> 2;
            case "maiden" -> 4;
            default -> 3;
        };
    }

    /** Contacts by rank (R4: 1 is the most preferred), home contacts last. */
    public List<JsonNode> contacts(JsonNode list) {
        List<JsonNode> contacts = among(list);
        contacts.sort(Comparator.comparing(
                        (JsonNode point) -> point.path("use").asText().equals("home"))
                .thenComparingInt(point -> point.path("rank").asInt(Integer.MAX_VALUE)));
        return contacts;
    }
}
