package fr.sas.hub.appointment;

import fr.sas.hub.fhir.OutcomeIssue;
import java.util.ArrayList;
import java.util.List;

/** Everything wrong with one resource, reported together. */
final class Faults {

    private final List<Fault> faults = new ArrayList<>();

    /**
     * @param malformed whether it is not FHIR at all (400), rather than against a rule (422)
     * @param code FHIR issue type
     * @param expression FHIRPath of the element
     */
    record Fault(boolean malformed, String code, String expression, String rule) {}

    /** It violates the FHIR specification. */
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
        return OutcomeIssue.bytes(faults.stream()
                .map(fault -> OutcomeIssue.error(fault.code, fault.expression + ": " + fault.rule)
                        .at(fault.expression))
                .toList());
    }
}
