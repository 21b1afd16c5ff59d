package fr.sas.hub.subscription;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.slot.PractitionerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whoever is notified: keeps whatever it is sent. It can be away, and is then back at the same address. */
final class Receiver implements AutoCloseable {

    static final String HOOK = "/hook";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final WireMockServer server;

    Receiver(int port) {
        this.port = port;
        server = new WireMockServer(WireMockConfiguration.options().port(port));
    }

    /** Whoever had the port before may still be letting go of it. */
    Receiver accepting() {
        await().ignoreExceptions().untilAsserted(() -> new ServerSocket(port).close());
        server.start();
        server.stubFor(post(urlPathEqualTo(HOOK)).willReturn(ok()));
        return this;
    }

    WireMockServer server() {
        return server;
    }

    @Override
    public void close() {
        server.stop();
    }

    /** A Subscription that notifies a receiver at this port. */
    static String document(int port, String content, String extensions, PractitionerId who) {
        return """
                {"resourceType": "Subscription", "status": "requested", "reason": "the regulators' search",
                 "criteria": "https://sas-hub.example/fhir/SubscriptionTopic/slots-changed",
                 "_criteria": {"extension": [{
                   "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria",
                   "valueString": "Slot?schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1|%s"}]},
                 "channel": {%s "type": "rest-hook", "endpoint": "http://localhost:%s/hook",
                   "header": ["X-Secret: of the receiver"], "payload": "application/fhir+json",
                   "_payload": {"extension": [{
                     "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content",
                     "valueCode": "%s"}]}}}""".formatted(who.value(), extensions, port, content);
    }

    List<JsonNode> notifications() {
        return server.findAll(postRequestedFor(urlPathEqualTo(HOOK))).stream()
                .map(request -> parsed(request.getBodyAsString()))
                .toList();
    }

    List<String> types() {
        return notifications().stream().map(Receiver::type).toList();
    }

    static String type(JsonNode notification) {
        return parameter(notification, "type").path("valueCode").asText();
    }

    static long events(JsonNode bundle) {
        return parameter(bundle, "events-since-subscription-start")
                .path("valueString")
                .asLong();
    }

    List<Long> eventNumbers() {
        return notifications().stream()
                .flatMap(notification -> notification.findValues("part").stream())
                .map(part -> part.path(0).path("valueString").asLong())
                .toList();
    }

    /** Every resource told of, by its reference, as it was told last; a missing node if only its id was. */
    Map<String, JsonNode> told() {
        Map<String, JsonNode> told = new LinkedHashMap<>();
        entries().forEach(entry -> told.put(entry.at("/request/url").asText(), entry.path("resource")));
        return told;
    }

    /** The events of one notification: what happened to what, by number. */
    SortedMap<Long, String> events(int notification) {
        SortedMap<Long, String> events = new TreeMap<>();
        JsonNode bundle = notifications().get(notification);
        Iterator<JsonNode> entries = bundle.path("entry").elements();
        JsonNode status = entries.next();
        for (JsonNode part : status.findValues("part")) {
            JsonNode request = entries.next().path("request");
            events.put(
                    part.path(0).path("valueString").asLong(),
                    request.path("method").asText() + " " + request.path("url").asText());
        }
        return events;
    }

    /** The slots that a receiver holds which ignores numbers that it has seen. */
    Set<String> slots() {
        Set<String> slots = new TreeSet<>();
        long known = 0;
        for (int i = 0; i < notifications().size(); i++) {
            SortedMap<Long, String> unknown = events(i).tailMap(known + 1);
            for (String event : unknown.values()) {
                String reference = event.substring(event.indexOf(' ') + 1);
                if (event.startsWith("DELETE ")) {
                    slots.remove(reference);
                } else if (reference.startsWith("Slot/")) {
                    slots.add(reference);
                }
            }
            known = unknown.isEmpty() ? known : unknown.lastKey();
        }
        return slots;
    }

    Map<String, String> methods() {
        Map<String, String> methods = new LinkedHashMap<>();
        entries()
                .forEach(entry -> methods.put(
                        entry.at("/request/url").asText(),
                        entry.at("/request/method").asText()));
        return methods;
    }

    private List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode notification : notifications()) {
            for (int i = 1; i < notification.path("entry").size(); i++) {
                entries.add(notification.path("entry").path(i));
            }
        }
        return entries;
    }

    static JsonNode parameter(JsonNode bundle, String name) {
        JsonNode found = parameters(bundle, name);
        if (found.isMissingNode()) {
            throw new AssertionError("no " + name + " in " + bundle);
        }
        return found;
    }

    /** Why the receiver should look after itself; empty when all is well. */
    static String error(JsonNode bundle) {
        return parameters(bundle, "error").at("/valueCodeableConcept/text").asText();
    }

    private static JsonNode parameters(JsonNode bundle, String name) {
        for (JsonNode parameter : bundle.at("/entry/0/resource/parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
