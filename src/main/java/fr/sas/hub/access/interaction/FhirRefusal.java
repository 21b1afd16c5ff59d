package fr.sas.hub.access.interaction;

import fr.sas.hub.fhir.OutcomeIssue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refused request under /fhir: HTTP status, FHIR issue code and a sentence that names the location and the rule. */
public class FhirRefusal extends RuntimeException {

    private final int status;
    private final String code;
    private final @Nullable String expression;

    public FhirRefusal(int status, String code, String message) {
        this(status, code, message, null);
    }

    /** @param expression FHIRPath of the faulty element; null when the request as a whole is at fault */
    public FhirRefusal(int status, String code, String message, @Nullable String expression) {
        super(message);
        this.status = status;
        this.code = code;
        this.expression = expression;
    }

    /** A parameter is malformed, missing or unknown. */
    public static FhirRefusal malformed(String parameter, String rule) {
        return new FhirRefusal(400, "invalid", "Parameter " + parameter + ": " + rule);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String expression() {
        return expression;
    }

    /** The refusal as an OperationOutcome. */
    public byte[] outcome() {
        return OutcomeIssue.bytes(
                List.of(OutcomeIssue.error(code, String.valueOf(getMessage())).at(expression)));
    }
}
