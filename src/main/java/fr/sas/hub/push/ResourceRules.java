package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirSyntax;
import fr.sas.hub.fhir.StorableJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is required of a resource to be stored: it must be readable as FHIR and complete enough to mean something.
 * Whether its slots are shown is decided later, by the same rules as for answers. Every refusal names the element.
 */
final class ResourceRules {

    static final Set<String> TYPES = Set.of(
            "Slot", "Schedule", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Organization");
    private static final Set<String> SLOT_STATUS =
            Set.of("busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error");
    /** If a vendor's clock were further ahead, its later changes would be taken for older ones. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(10);

    private final FhirSyntax syntax;
    private final ReadableSlots readable = new ReadableSlots();

    /** For the resources of one request. */
    ResourceRules(FhirSyntax syntax) {
        this.syntax = syntax;
    }

    /** @throws FhirRefusal 400 if FHIR does not allow it; 422 if the hub cannot use it */
    void check(WriteRequest asked, ObjectNode resource) {
        texts(asked, resource);
        identifiers(asked, resource);
        parse(asked, resource);
        positions(asked, resource);
        switch (asked.type()) {
            case "Slot" -> slot(asked, resource);
            case "Schedule" -> schedule(asked, resource);
            default -> {}
        }
    }

    private static void texts(WriteRequest asked, ObjectNode resource) {
        boolean asItCame = asked.resource() != null;
        if (asItCame && asked.storable()) {
            return;
        }
        String unstorable = StorableJson.firstUnstorable(resource);
        if (unstorable != null) {
            throw asked.refused(
                    400, "value", "A text must not contain control characters or half of a surrogate pair", unstorable);
        }
    }

    private static void identifiers(WriteRequest asked, ObjectNode resource) {
        for (IdentifierToken token : IdentifierToken.of(asked.type(), resource)) {
            if (token.isTooLong()) {
                throw asked.refused(400, "too-long", IdentifierToken.RULE, ".identifier");
            }
        }
    }

    private void parse(WriteRequest asked, ObjectNode resource) {
        boolean slot = asked.type().equals("Slot");
        if (slot && readable.contain(resource)) {
            return;
        }
        String complaint = syntax.complaintAbout(resource);
        if (complaint != null) {
            throw asked.refused(400, "structure", "Not a valid " + asked.type() + " of FHIR R4: " + complaint, "");
        }
        if (slot) {
            readable.add(resource);
        }
    }

    /** The parser turns a text into a number, however large its exponent. */
    private static void positions(WriteRequest asked, ObjectNode resource) {
        position(asked, resource, "");
        JsonNode contained = resource.path("contained");
        for (int i = 0; i < contained.size(); i++) {
            position(asked, contained.path(i), ".contained[" + i + "]");
        }
    }

    private static void position(WriteRequest asked, JsonNode location, String place) {
        for (String element : List.of("longitude", "latitude", "altitude")) {
            if (location.path("position").path(element).isTextual()) {
                throw asked.refused(
                        400,
                        "value",
                        "A decimal must be a number, without quotation marks",
                        place + ".position." + element);
            }
        }
    }

    /** When the vendor says it wrote this, with the precision that is stored; null if it does not say. */
    static @Nullable Instant saidAt(WriteRequest asked, ObjectNode resource) {
        Instant said = ResourceContent.instant(resource.path("meta").path("lastUpdated"));
        return said == null ? asked.saidAt() : said.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A conditional update must contain the identifier it was found by, or the next one would not find it.
     *
     * @throws FhirRefusal 400
     */
    static void checkIdentifier(WriteRequest asked, ObjectNode resource) {
        IdentifierToken token = asked.condition();
        if (token != null && !IdentifierToken.of(asked.type(), resource).contains(token)) {
            throw asked.refused(
                    400, "invalid", "The resource does not have the identifier it is addressed by", ".identifier");
        }
    }

    /** @throws FhirRefusal 400 if its time of writing cannot be read; 422 if that is in the future */
    static void checkWhen(WriteRequest asked, ObjectNode resource, @Nullable Instant said, Instant now) {
        JsonNode text = resource.path("meta").path("lastUpdated");
        if (!text.isMissingNode() && ResourceContent.instant(text) == null) {
            throw asked.refused(
                    400, "value", "An instant with an offset is expected, not " + text, ".meta.lastUpdated");
        }
        if (said != null && isInTheFuture(said, now)) {
            throw asked.refused(422, "business-rule", inTheFuture(said, now), ".meta.lastUpdated");
        }
    }

    static boolean isInTheFuture(Instant said, Instant now) {
        return said.isAfter(now.plus(CLOCKS_DIFFER_BY));
    }

    static String inTheFuture(Instant said, Instant now) {
        return said + " is in the future (it is now " + now + "): later changes would be taken for older ones";
    }

    private static void slot(WriteRequest asked, ObjectNode slot) {
        if (ResourceContent.scheduleOf(slot) == null) {
            throw asked.refused(
                    422,
                    "required",
                    "A Slot must refer to its Schedule: Schedule/<id>, one of yours",
                    ".schedule.reference");
        }
        String status = slot.path("status").asText("");
        if (!SLOT_STATUS.contains(status)) {
            throw asked.refused(
                    status.isEmpty() ? 422 : 400,
                    status.isEmpty() ? "required" : "value",
                    "One of " + SLOT_STATUS.stream().sorted().toList() + " is expected",
                    ".status");
        }
        time(asked, slot, "start");
        time(asked, slot, "end");
        Instant start = ResourceContent.instant(slot.path("start"));
        Instant end = ResourceContent.instant(slot.path("end"));
        if (start != null && end != null && !start.isBefore(end)) {
            throw asked.refused(422, "business-rule", "A Slot must end after it starts", ".end");
        }
    }

    private static void time(WriteRequest asked, ObjectNode slot, String element) {
        String text = slot.path(element).asText("");
        if (text.isBlank()) {
            throw asked.refused(422, "required", "A Slot must have a start and an end", "." + element);
        }
        if (FhirInstants.read(text) == null) {
            throw asked.refused(400, "value", "Not a date and time: " + text, "." + element);
        }
    }

    private static void schedule(WriteRequest asked, ObjectNode schedule) {
        if (!schedule.path("actor").isArray() || schedule.path("actor").isEmpty()) {
            throw asked.refused(
                    422,
                    "required",
                    "A Schedule must say whose it is: a Practitioner or PractitionerRole, or a Location of an association",
                    ".actor");
        }
        try {
            ComputedSlots.check(schedule);
        } catch (AvailabilityTime.Unclear e) {
            throw asked.refused(422, "business-rule", String.valueOf(e.getMessage()), e.element());
        }
    }
}
