package fr.sas.hub.search.resource;

import static fr.sas.hub.fhir.FhirVocabulary.*;
import static fr.sas.hub.search.resource.FhirJson.identifier;
import static fr.sas.hub.search.resource.FhirJson.reference;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a practitioner participates, on each of their PractitionerRoles (fhir-profiles/README.md). */
public final class ParticipationExtension {

    private ParticipationExtension() {}

    /**
     * For practitioners who do not participate, states only that they are not to be called, whatever else their
     * settings say.
     *
     * @param toCall the structure they participate through, included in the same answer; null if unknown
     */
    static void write(JsonGenerator json, Settings settings, @Nullable Facility toCall) throws IOException {
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
            StructureId structure = settings.calledThrough();
            if (structure != null) {
                json.writeStartObject();
                json.writeStringField("url", "structure");
                json.writeFieldName("valueIdentifier");
                identifier(json, IDENTIFIER_TYPES, NATIONAL_STRUCTURE, StructureId.SYSTEM, structure.value());
                json.writeEndObject();
            }
            if (toCall != null) {
                json.writeStartObject();
                json.writeStringField("url", "organization");
                reference(
                        json,
                        "valueReference",
                        "Organization/" + LogicalIds.organization(toCall.id().value()));
                json.writeEndObject();
            }
        }
        json.writeStartObject();
        json.writeStringField("url", "acceptsOverbooking");
        json.writeBooleanField("valueBoolean", settings.participates());
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("url", "emergencyReorientation");
        json.writeBooleanField("valueBoolean", settings.emergencyReorientation());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }
}
