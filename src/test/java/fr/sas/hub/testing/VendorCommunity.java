package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.function.Consumer;

/** A CPTS as INT_R04 shows it: a HealthcareService provided by an Organization. Faults go into the Organization. */
public final class VendorCommunity extends VendorPart<VendorCommunity> {

    private final String structure;
    private final String name;
    private String phone;

    VendorCommunity(String structure, String name) {
        this.structure = structure;
        this.name = name;
    }

    public VendorCommunity phone(String phone) {
        this.phone = phone;
        return this;
    }

    void renderServiceType(ArrayNode serviceTypes) {
        ObjectNode concept = serviceTypes.addObject();
        concept.putArray("extension")
                .addObject()
                .put("url", FhirVocabulary.SERVICE_TYPE_REFERENCE)
                .putObject("valueReference")
                .put("reference", "HealthcareService/cpts-service-" + structure);
        concept.putArray("coding")
                .addObject()
                .put("system", FhirVocabulary.STRUCTURE_CATEGORIES)
                .put("code", FhirVocabulary.CPTS_CATEGORY);
    }

    void render(Consumer<ObjectNode> include) {
        ObjectNode service = resource("HealthcareService", "cpts-service-" + structure, FhirVocabulary.CPTS_SERVICE);
        service.putObject("providedBy").put("reference", "Organization/cpts-" + structure);
        include.accept(service);
        ObjectNode organization = resource("Organization", "cpts-" + structure, FhirVocabulary.CPTS_ORGANIZATION);
        organization
                .putArray("identifier")
                .add(identifier(
                        FhirVocabulary.LOCATION_IDENTIFIER_TYPES,
                        FhirVocabulary.NATIONAL_STRUCTURE,
                        FhirVocabulary.STRUCTURE_IDS,
                        structure));
        organization.put("name", name);
        if (phone != null) {
            phone(organization, phone);
        }
        include.accept(spoil(organization));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VendorCommunity that && structure.equals(that.structure);
    }

    @Override
    public int hashCode() {
        return structure.hashCode();
    }
}
