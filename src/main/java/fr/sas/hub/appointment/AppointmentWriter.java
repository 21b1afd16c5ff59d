package fr.sas.hub.appointment;

import static fr.sas.hub.fhir.FhirVocabulary.APPOINTMENT;
import static fr.sas.hub.fhir.FhirVocabulary.APPOINTMENT_OPERATOR;
import static fr.sas.hub.fhir.FhirVocabulary.IDENTIFIER_TYPES;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_PERSON;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_STRUCTURE;
import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Writes an Appointment as the guide defines it. Empty elements are never written. */
final class AppointmentWriter {

    private static final ObjectMapper JSON = BoundedJson.mapper().build();
    private static final ZoneId MAINLAND = ZoneId.of("Europe/Paris");

    private AppointmentWriter() {}

    static byte[] json(Appointment appointment) {
        Declared said = appointment.said();
        ZoneId zone = appointment.about().place() == null
                ? MAINLAND
                : appointment.about().place().zone();
        ObjectNode json = JSON.createObjectNode()
                .put("resourceType", "Appointment")
                .put("id", appointment.id().toString());
        ObjectNode meta = json.putObject("meta")
                .put("versionId", Long.toString(appointment.version()))
                .put(
                        "lastUpdated",
                        FhirInstants.write(
                                appointment.dated() ? appointment.declared() : appointment.changedAt(), MAINLAND));
        Source vendor = appointment.owner().vendor();
        meta.put("source", vendor == null ? appointment.owner().client() : vendor.name());
        meta.putArray("profile").add(APPOINTMENT);
        AppointmentOperator operator = said.operator();
        if (operator != null) {
            ObjectNode extension = json.putArray("extension").addObject().put("url", APPOINTMENT_OPERATOR);
            identifier(extension.putObject("valueReference"), operator.system(), operator.value(), operator.type());
        }
        json.putArray("identifier")
                .addObject()
                .put("system", appointment.identifier().system())
                .put("value", appointment.identifier().value());
        json.put("status", said.status().code());
        json.put("start", FhirInstants.write(said.start(), zone));
        json.put("end", FhirInstants.write(said.end(), zone));
        if (!said.slots().isEmpty()) {
            ArrayNode slots = json.putArray("slot");
            said.slots().forEach(slot -> slots.addObject().put("reference", slot));
        }
        participants(json.putArray("participant"), said);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void participants(ArrayNode participants, Declared said) {
        ObjectNode with = participants.addObject();
        boolean practitioner = said.with() instanceof PractitionerId;
        identifier(
                with.putObject("actor"),
                practitioner ? PRACTITIONER_IDS : STRUCTURE_IDS,
                said.with().value(),
                practitioner ? NATIONAL_PERSON : NATIONAL_STRUCTURE);
        with.put("status", said.confirmed() ? "accepted" : "needs-action");
        if (said.structure() != null) {
            ObjectNode where = participants.addObject();
            identifier(where.putObject("actor"), STRUCTURE_IDS, said.structure().value(), NATIONAL_STRUCTURE);
            where.put("status", "accepted");
        }
    }

    private static void identifier(ObjectNode reference, String system, String value, @Nullable String type) {
        ObjectNode identifier = reference.putObject("identifier");
        if (type != null) {
            identifier
                    .putObject("type")
                    .putArray("coding")
                    .addObject()
                    .put("system", IDENTIFIER_TYPES)
                    .put("code", type);
        }
        identifier.put("system", system).put("value", value);
    }
}
