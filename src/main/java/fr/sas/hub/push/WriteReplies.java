package fr.sas.hub.push;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.OutcomeIssue;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the results of requests as FHIR replies. */
final class WriteReplies {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).withZone(ZoneOffset.UTC);

    private WriteReplies() {}

    static FhirReply single(WriteOutcome done, String base) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (done.version() > 0) {
            headers.put("ETag", done.etag());
            headers.put("Last-Modified", HTTP_DATE.format(done.changedAt()));
        }
        if (done.status() == 201) {
            headers.put("Location", base + "/" + done.address() + "/_history/" + done.version());
        }
        String json = done.json();
        return new FhirReply(done.status(), headers, json == null ? new byte[0] : bytes(current(json, done)));
    }

    static FhirReply bundle(List<WriteResult> results, boolean atomic) {
        ObjectNode bundle = PushJson.MAPPER
                .createObjectNode()
                .put("resourceType", "Bundle")
                .put("type", atomic ? "transaction-response" : "batch-response");
        ArrayNode entries = bundle.putArray("entry");
        for (WriteResult result : results) {
            ObjectNode entry = entries.addObject();
            switch (result) {
                case WriteResult.Accepted taken -> taken(entry, taken.outcome());
                case WriteResult.Refused refused -> refused(entry, refused.refusal());
            }
        }
        if (entries.isEmpty()) {
            bundle.remove("entry");
        }
        return new FhirReply(200, Map.of(), bytes(bundle));
    }

    private static void taken(ObjectNode entry, WriteOutcome done) {
        String json = done.json();
        if (json != null) {
            entry.set("resource", current(json, done));
        }
        ObjectNode response = entry.putObject("response").put("status", status(done.status()));
        if (done.version() > 0) {
            response.put("location", done.address() + "/_history/" + done.version())
                    .put("etag", done.etag())
                    .put("lastModified", FhirInstants.write(done.changedAt(), PARIS));
        }
    }

    private static void refused(ObjectNode entry, FhirRefusal refusal) {
        entry.putObject("response")
                .put("status", status(refusal.status()))
                .set(
                        "outcome",
                        outcome("error", refusal.code(), String.valueOf(refusal.getMessage()), refusal.expression()));
    }

    private static String status(int status) {
        return switch (status) {
            case 200 -> "200 OK";
            case 201 -> "201 Created";
            case 204 -> "204 No Content";
            case 400 -> "400 Bad Request";
            case 404 -> "404 Not Found";
            case 409 -> "409 Conflict";
            case 410 -> "410 Gone";
            case 412 -> "412 Precondition Failed";
            case 422 -> "422 Unprocessable Entity";
            default -> Integer.toString(status);
        };
    }

    private static ObjectNode current(String json, WriteOutcome done) {
        ObjectNode resource = (ObjectNode) PushJson.tree(json);
        ObjectNode meta = resource.get("meta") instanceof ObjectNode there ? there : resource.putObject("meta");
        meta.put("versionId", Long.toString(done.version()));
        if (!meta.has("lastUpdated")) {
            meta.put("lastUpdated", FhirInstants.write(done.changedAt(), PARIS));
        }
        return resource;
    }

    static ObjectNode outcome(String severity, String code, String text, @Nullable String expression) {
        return OutcomeIssue.outcome(
                List.of(new OutcomeIssue(severity, code, null, null, null, text, expression, null)));
    }

    static byte[] bytes(ObjectNode resource) {
        return resource.toString().getBytes(StandardCharsets.UTF_8);
    }
}
