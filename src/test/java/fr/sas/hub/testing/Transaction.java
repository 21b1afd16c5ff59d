package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A Bundle of things that a vendor asks the hub to do: a transaction until told otherwise. */
public final class Transaction {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode bundle = JSON.createObjectNode().put("resourceType", "Bundle");
    private final ArrayNode entries;

    private Transaction(String type) {
        bundle.put("type", type);
        entries = bundle.putArray("entry");
    }

    public static Transaction aTransaction() {
        return new Transaction("transaction");
    }

    public static Transaction aBatch() {
        return new Transaction("batch");
    }

    /** What the vendor would answer when asked, put under its own ids. */
    public Transaction putting(VendorBundle answer) {
        answer.toNode().path("entry").forEach(entry -> put(entry.path("resource")));
        return this;
    }

    public Transaction put(JsonNode resource) {
        return with(
                "PUT",
                resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText(),
                resource);
    }

    public Transaction delete(String address) {
        entries.addObject().putObject("request").put("method", "DELETE").put("url", address);
        return this;
    }

    public Transaction with(String method, String url, JsonNode resource) {
        ObjectNode entry = entries.addObject();
        entry.set("resource", resource);
        entry.putObject("request").put("method", method).put("url", url);
        return this;
    }

    /** The entry added last is called so by the others. */
    public Transaction called(String fullUrl) {
        ((ObjectNode) entries.get(entries.size() - 1)).put("fullUrl", fullUrl);
        return this;
    }

    /** A field of the last entry's request, such as {@code ifNoneExist}. */
    public Transaction request(String field, String value) {
        ((ObjectNode) entries.get(entries.size() - 1).path("request")).put(field, value);
        return this;
    }

    /** When the vendor put it together. */
    public Transaction saidAt(Instant at) {
        bundle.put("timestamp", at.toString());
        return this;
    }

    public String toJson() {
        return bundle.toString();
    }
}
