package fr.sas.hub.search.resource;

import static fr.sas.hub.fhir.FhirVocabulary.FR_ORGANIZATION;
import static fr.sas.hub.fhir.FhirVocabulary.LOCATION;
import static fr.sas.hub.fhir.FhirVocabulary.LOCATION_IDENTIFIER_TYPES;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_STRUCTURE;
import static fr.sas.hub.search.resource.FhirJson.address;
import static fr.sas.hub.search.resource.FhirJson.identifier;
import static fr.sas.hub.search.resource.FhirJson.meta;
import static fr.sas.hub.search.resource.FhirJson.phone;
import static fr.sas.hub.search.resource.FhirJson.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a health centre: the Location where its slots take place and the Organization that manages it. */
public final class CentreWriter {

    private CentreWriter() {}

    /**
     * The national id is repeated here, as in a PractitionerRole.
     *
     * @param information what a regulator should know about the centre; null if none
     */
    public static byte[] location(
            NamedSubject centre, PracticeLocation place, @Nullable String information, Commitment commitment) {
        return resource("Location", LogicalIds.site(centre.id(), place), json -> {
            meta(json, LOCATION);
            ParticipationExtension.write(json, commitment.at(place), commitment.structureToCall(place));
            ResourceWriter.ownIdentifier(json, place);
            if (centre.family() != null) {
                json.writeStringField("name", centre.family());
            }
            if (information != null) {
                json.writeStringField("description", information);
            }
            phone(json, place.phone());
            address(json, place);
            json.writeObjectFieldStart("managingOrganization");
            json.writeStringField(
                    "reference",
                    "Organization/" + LogicalIds.organization(centre.id().value()));
            json.writeFieldName("identifier");
            nationalId(json, centre);
            json.writeEndObject();
        });
    }

    public static byte[] organization(NamedSubject centre, @Nullable String phone) {
        return resource("Organization", LogicalIds.organization(centre.id().value()), json -> {
            meta(json, FR_ORGANIZATION);
            json.writeArrayFieldStart("identifier");
            nationalId(json, centre);
            json.writeEndArray();
            if (centre.family() != null) {
                json.writeStringField("name", centre.family());
            }
            phone(json, phone);
        });
    }

    private static void nationalId(JsonGenerator json, NamedSubject centre) throws IOException {
        identifier(
                json,
                LOCATION_IDENTIFIER_TYPES,
                NATIONAL_STRUCTURE,
                StructureId.SYSTEM,
                centre.id().value());
    }
}
