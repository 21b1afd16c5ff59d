package fr.sas.hub.appointment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one resource: all of it is told at once. */
final class Faults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Fault> faults = new ArrayList<>();

    /**
     * @param malformed whether it is no FHIR at all (400), rather than against a rule (422)
     * @param code FHIR issue type
     * @param expression FHIRPath of the element
     */
    record Fault(boolean malformed, String code, String expression, String rule) {}

    /** It is not what FHIR says. */
    void malformed(String expression, String rule) {
        faults.add(new Fault(true, "structure", expression, rule));
    }

    void missing(String expression, String rule) {
        faults.add(new Fault(false, "required", expression, rule));
    }

    void against(String expression, String rule) {
        faults.add(new Fault(false, "business-rule", expression, rule));
    }

    boolean none() {
        return faults.isEmpty();
    }

    List<Fault> all() {
        return List.copyOf(faults);
    }

    int status() {
        return faults.stream().anyMatch(Fault::malformed) ? 400 : 422;
    }

    /** As an OperationOutcome. */
    byte[] json() {
        ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
        ArrayNode issues = outcome.putArray("issue");
        for (Fault fault : faults) {
            issues.addObject()
                    .put("severity", "error")
                    .put("code", fault.code)
                    .put("diagnostics", fault.expression + ": " + fault.rule)
                    .putArray("expression")
                    .add(fault.expression);
        }
        return outcome.toString().getBytes(StandardCharsets.UTF_8);
    }
}
