package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** An Appointment of INT_R03 as a vendor or the platform sends it: booked, for a quarter of an hour, until told otherwise. */
public final class AnAppointment {

    /** Of the identifiers that appointments carry here. */
    public static final String SYSTEM = "urn:oid:1.1.111.1.11.1.1.1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPES = "http://interopsante.org/fhir/CodeSystem/fr-v2-0203";

    private final ObjectNode json = JSON.createObjectNode();

    private AnAppointment() {
        json.put("resourceType", "Appointment");
    }

    public static AnAppointment with(String practitioner, Instant start) {
        AnAppointment one = new AnAppointment();
        ObjectNode operator = one.json
                .putArray("extension")
                .addObject()
                .put("url", "http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator");
        identifier(operator.putObject("valueReference"), "urn:oid:1.2.250.1.71.4.2.1", "3456780581/11242343", "IDNPS");
        one.json.putArray("participant");
        return one.identified(UUID.randomUUID().toString())
                .status("booked")
                .from(start, start.plus(Duration.ofMinutes(15)))
                .participant("urn:oid:1.2.250.1.71.4.2.1", practitioner, "IDNPS");
    }

    public AnAppointment identified(String value) {
        json.putArray("identifier").addObject().put("system", SYSTEM).put("value", value);
        return this;
    }

    public AnAppointment status(String status) {
        json.put("status", status);
        return this;
    }

    public AnAppointment from(Instant start, Instant end) {
        json.put("start", start.toString()).put("end", end.toString());
        return this;
    }

    public AnAppointment slot(String reference) {
        json.withArray("slot").addObject().put("reference", reference);
        return this;
    }

    /** At the place with this national identifier. */
    public AnAppointment at(String structure) {
        return participant("urn:oid:1.2.250.1.71.4.2.2", structure, "IDNST");
    }

    public AnAppointment lastUpdated(Instant at) {
        json.putObject("meta").put("lastUpdated", at.toString());
        return this;
    }

    public AnAppointment participant(String system, String value, String type) {
        ObjectNode participant = ((ArrayNode) json.get("participant")).addObject();
        identifier(participant.putObject("actor"), system, value, type);
        participant.put("status", "accepted");
        return this;
    }

    public String identifier() {
        return json.at("/identifier/0/value").asText();
    }

    /** Where it is updated. */
    public String address() {
        return "/fhir/Appointment?identifier=" + SYSTEM + "%7C" + identifier();
    }

    /** To be bent in ways that have no method here. */
    public ObjectNode bent() {
        return json;
    }

    @Override
    public String toString() {
        return json.toString();
    }

    private static void identifier(ObjectNode reference, String system, String value, String type) {
        ObjectNode identifier = reference.putObject("identifier");
        identifier
                .putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", TYPES)
                .put("code", type);
        identifier.put("system", system).put("value", value);
    }
}
