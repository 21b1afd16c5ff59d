package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.*;
import static fr.sas.hub.search.FhirJson.identifier;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import java.util.Locale;

/** How a practitioner participates, on each of their PractitionerRoles (fhir-profiles/README.md). */
final class ParticipationExtension {

    private ParticipationExtension() {}

    /** Of who does not participate only that they are not to be called is said, whatever their settings still name. */
    static void write(JsonGenerator json, Settings settings) throws IOException {
        json.writeArrayFieldStart("extension");
        json.writeStartObject();
        json.writeStringField("url", PARTICIPATION);
        json.writeArrayFieldStart("extension");
        Settings.Through through = settings.participatesThrough();
        if (settings.participates() && through != null) {
            json.writeStartObject();
            json.writeStringField("url", "through");
            json.writeStringField("valueCode", through.name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
            StructureId structure = settings.structure();
            if (structure != null && through != Settings.Through.PRACTICE) {
                json.writeStartObject();
                json.writeStringField("url", "structure");
                json.writeFieldName("valueIdentifier");
                identifier(json, IDENTIFIER_TYPES, NATIONAL_STRUCTURE, StructureId.SYSTEM, structure.value());
                json.writeEndObject();
            }
        }
        json.writeStartObject();
        json.writeStringField("url", "acceptsOverbooking");
        json.writeBooleanField("valueBoolean", settings.participates());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }
}
