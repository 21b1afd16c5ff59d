package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One issue of an OperationOutcome, and the only place where OperationOutcomes are written.
 *
 * @param type FHIR's issue type
 * @param system code system of {@code code}; null when the issue type is enough
 * @param code what happened, for programs
 * @param text the message, written to {@code details.text}; null when {@code diagnostics} holds it
 * @param diagnostics location and rule; null when {@code text} holds the message
 * @param expression FHIRPath of the faulty element; null when there is none
 * @param page the page of the guide that states the rule; null when there is none
 */
public record OutcomeIssue(
        String severity,
        String type,
        @Nullable String system,
        @Nullable String code,
        @Nullable String text,
        @Nullable String diagnostics,
        @Nullable String expression,
        @Nullable String page) {

    private static final String RULE_PAGE = FhirVocabulary.HUB + "StructureDefinition/rule-page";

    public static OutcomeIssue error(String type, String diagnostics) {
        return new OutcomeIssue("error", type, null, null, null, diagnostics, null, null);
    }

    public static OutcomeIssue warning(String type, String diagnostics) {
        return new OutcomeIssue("warning", type, null, null, null, diagnostics, null, null);
    }

    public static OutcomeIssue information(String type, String diagnostics) {
        return new OutcomeIssue("information", type, null, null, null, diagnostics, null, null);
    }

    /** Informational, not an error: a sentence for the reader of the answer. */
    public static OutcomeIssue remark(String text) {
        return new OutcomeIssue("information", "informational", null, null, text, null, null, null);
    }

    /** @param where FHIRPath of the faulty element; null when the issue concerns the whole resource */
    public OutcomeIssue at(@Nullable String where) {
        return new OutcomeIssue(severity, type, system, code, text, diagnostics, where, page);
    }

    /** The complete OperationOutcome. */
    public static ObjectNode outcome(List<OutcomeIssue> issues) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        var array = outcome.putArray("issue");
        issues.forEach(issue -> issue.write(array.addObject()));
        return outcome;
    }

    /** The complete OperationOutcome as UTF-8 bytes. */
    public static byte[] bytes(List<OutcomeIssue> issues) {
        return outcome(issues).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(ObjectNode issue) {
        if (page != null) {
            issue.putArray("extension").addObject().put("url", RULE_PAGE).put("valueUrl", page);
        }
        issue.put("severity", severity).put("code", type);
        if (code != null || text != null) {
            ObjectNode details = issue.putObject("details");
            if (code != null) {
                details.putArray("coding").addObject().put("system", system).put("code", code);
            }
            if (text != null) {
                details.put("text", text);
            }
        }
        if (diagnostics != null) {
            issue.put("diagnostics", diagnostics);
        }
        if (expression != null) {
            issue.putArray("expression").add(expression);
        }
    }
}
