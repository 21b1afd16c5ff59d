package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.testing.HubClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the platform's searches answer about one practitioner for the next 72 hours, in the words of « Ce que voit la régulation ».
 *
 * @param withSlots what the search for slots says of places
 * @param all what it or the search for roles says of them
 */
record RegulationAnswer(List<String> slots, Map<String, RegulationPlace> withSlots, Map<String, RegulationPlace> all) {

    private static final String IDENTIFIER = "urn:oid:1.2.250.1.71.4.2.1%7C";

    /** @param zones of the places, by postal code */
    static RegulationAnswer of(int port, String practitioner, Map<String, ZoneId> zones) {
        HubClient platform = HubClient.at(port);
        JsonNode found = platform.json(HubClient.slotsOf(Instant.now(), practitioner));
        JsonNode roles = platform.json("/fhir/PractitionerRole?practitioner.identifier=" + IDENTIFIER + practitioner);
        Map<String, RegulationPlace> withSlots = places(found);
        Map<String, RegulationPlace> all = new TreeMap<>(withSlots);
        all.putAll(places(roles));
        return new RegulationAnswer(
                resources(found, "Slot")
                        .map(slot -> slot(slot, found, zones))
                        .sorted()
                        .toList(),
                withSlots,
                all);
    }

    private static String slot(JsonNode slot, JsonNode bundle, Map<String, ZoneId> zones) {
        JsonNode schedule = referred(bundle, slot.at("/schedule/reference"));
        JsonNode place = StreamSupport.stream(schedule.path("actor").spliterator(), false)
                .map(actor -> actor.path("reference"))
                .filter(actor -> !actor.asText().startsWith("Practitioner/"))
                .map(actor -> location(referred(bundle, actor)))
                .findFirst()
                .orElseThrow();
        ZoneId zone =
                Objects.requireNonNull(zones.get(place.at("/address/postalCode").asText()));
        Instant start = instant(slot, "start");
        return label(place) + " | "
                + DayWords.of(LocalDate.ofInstant(start, zone), "EEE d MMM", Locale.FRENCH)
                + " | " + hour(start, zone) + " - " + hour(instant(slot, "end"), zone);
    }

    private static Instant instant(JsonNode slot, String field) {
        return OffsetDateTime.parse(slot.path(field).asText()).toInstant();
    }

    private static String hour(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH'h'mm").format(at.atZone(zone));
    }

    private static Map<String, RegulationPlace> places(JsonNode bundle) {
        Map<String, RegulationPlace> places = new TreeMap<>();
        Stream.concat(resources(bundle, "PractitionerRole"), resources(bundle, "Location"))
                .forEach(role -> {
                    JsonNode participation = role.at("/extension/0/extension");
                    places.put(
                            label(location(role)),
                            new RegulationPlace(
                                    role.at("/telecom/0/value").asText(),
                                    location(role).path("description").asText(),
                                    part(participation, "acceptsOverbooking")
                                            .path("valueBoolean")
                                            .asBoolean(),
                                    through(
                                            bundle,
                                            part(participation, "organization").path("valueReference")),
                                    part(participation, "emergencyReorientation")
                                            .path("valueBoolean")
                                            .asBoolean()));
                });
        return places;
    }

    private static String through(JsonNode bundle, JsonNode organization) {
        if (organization.isMissingNode()) {
            return "";
        }
        JsonNode called = referred(bundle, organization.path("reference"));
        return called.path("name").asText() + " "
                + called.at("/telecom/0/value").asText();
    }

    private static JsonNode part(JsonNode extension, String url) {
        return StreamSupport.stream(extension.spliterator(), false)
                .filter(part -> part.path("url").asText().equals(url))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Of a role the contained one; a health centre's is a resource of its own. */
    private static JsonNode location(JsonNode place) {
        return place.path("resourceType").asText().equals("Location") ? place : place.at("/contained/0");
    }

    private static String label(JsonNode location) {
        JsonNode address = location.path("address");
        return location.has("name")
                ? location.path("name").asText()
                : Stream.of(address.at("/line/0"), address.path("postalCode"), address.path("city"))
                        .map(JsonNode::asText)
                        .filter(part -> !part.isEmpty())
                        .reduce((one, other) -> one + " " + other)
                        .orElse("");
    }

    private static JsonNode referred(JsonNode bundle, JsonNode reference) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .filter(entry -> entry.path("fullUrl").asText().endsWith("/" + reference.asText()))
                .map(entry -> entry.path("resource"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + reference + " in " + bundle));
    }

    private static Stream<JsonNode> resources(JsonNode bundle, String type) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type));
    }
}
