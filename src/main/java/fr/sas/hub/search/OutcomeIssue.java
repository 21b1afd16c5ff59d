package fr.sas.hub.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.access.FhirRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One issue of an OperationOutcome.
 *
 * @param system code system of {@code code}; null when the issue type says enough
 * @param code what happened, for programs
 * @param about the source it is about, in {@code details.text}; null when it is about the request
 * @param expression FHIRPath of the faulty element; null when there is none
 */
record OutcomeIssue(
        String severity,
        String type,
        @Nullable String system,
        @Nullable String code,
        @Nullable String about,
        String diagnostics,
        @Nullable String expression) {

    private static final JsonFactory JSON = new JsonFactory();

    static OutcomeIssue of(FhirRefusal refusal) {
        return new OutcomeIssue(
                "error", refusal.code(), null, null, null, String.valueOf(refusal.getMessage()), refusal.expression());
    }

    static OutcomeIssue information(String type, String diagnostics) {
        return new OutcomeIssue("information", type, null, null, null, diagnostics, null);
    }

    /** The whole OperationOutcome, as JSON. */
    static byte[] outcome(List<OutcomeIssue> issues) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "OperationOutcome");
            json.writeArrayFieldStart("issue");
            for (OutcomeIssue issue : issues) {
                issue.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("severity", severity);
        json.writeStringField("code", type);
        if (code != null || about != null) {
            json.writeObjectFieldStart("details");
            if (code != null) {
                json.writeArrayFieldStart("coding");
                json.writeStartObject();
                json.writeStringField("system", system);
                json.writeStringField("code", code);
                json.writeEndObject();
                json.writeEndArray();
            }
            if (about != null) {
                json.writeStringField("text", about);
            }
            json.writeEndObject();
        }
        json.writeStringField("diagnostics", diagnostics);
        if (expression != null) {
            json.writeArrayFieldStart("expression");
            json.writeString(expression);
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
