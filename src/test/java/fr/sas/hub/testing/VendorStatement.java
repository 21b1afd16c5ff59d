package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a fake vendor says of itself at {@code /metadata}. */
final class VendorStatement {

    private VendorStatement() {}

    static String json() {
        ObjectNode statement = new ObjectMapper().createObjectNode();
        statement
                .put("resourceType", "CapabilityStatement")
                .put("status", "active")
                .put("date", "2026-01-01")
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        statement.putArray("format").add("application/fhir+json");
        ArrayNode resources =
                statement.putArray("rest").addObject().put("mode", "server").putArray("resource");
        for (String type : new String[] {"Slot", "Schedule"}) {
            resources
                    .addObject()
                    .put("type", type)
                    .putArray("interaction")
                    .addObject()
                    .put("code", "search-type");
        }
        return statement.toString();
    }
}
