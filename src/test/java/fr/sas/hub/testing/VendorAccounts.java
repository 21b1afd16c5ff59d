package fr.sas.hub.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Regulators' accounts as a fake vendor keeps them (INT_R02), by {@code system|value}. */
final class VendorAccounts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> accounts = new ConcurrentHashMap<>();

    Map<String, JsonNode> all() {
        return Map.copyOf(accounts);
    }

    ResponseDefinitionBuilder answer(Request request) {
        JsonNode account = read(request.getBodyAsString());
        JsonNode identifier = account.path("identifier").path(0);
        String id = identifier.path("system").asText() + "|"
                + identifier.path("value").asText();
        if (request.getMethod().equals(RequestMethod.POST)) {
            return stored(id, account, 201, request);
        }
        boolean known = accounts.remove(request.queryParameter("identifier").firstValue()) != null;
        return stored(id, account, known ? 200 : 201, request);
    }

    private ResponseDefinitionBuilder stored(String id, JsonNode account, int status, Request request) {
        accounts.put(id, account);
        String base = request.getAbsoluteUrl().replaceFirst("/Practitioner.*", "");
        return aResponse()
                .withStatus(status)
                .withHeader("Location", base + "/Practitioner/" + Integer.toHexString(id.hashCode()));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }
}
