package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One readable entry of a vendor's answer.
 *
 * @param path of the resource, such as {@code Bundle.entry[3].resource}
 * @param json what HAPI made the resource of
 */
record Entry(String path, @Nullable String fullUrl, Resource resource, ObjectNode json) {

    String id() {
        String id = resource.getIdElement().getIdPart();
        return id == null ? "" : id;
    }

    /** {@code Type/id}, the form of relative references. */
    String address() {
        return resource.fhirType() + "/" + id();
    }
}
