package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import fr.sas.hub.testing.VendorFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Small faults in the Bundles of a vendor and in how it answers: what faults of several topics are made of. */
final class BundleFaults {

    static final String AUDIENCES = "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BundleFaults() {}

    static List<ObjectNode> all(ObjectNode bundle, String type) {
        List<ObjectNode> found = new ArrayList<>();
        bundle.path("entry").forEach(entry -> {
            if (entry.path("resource").path("resourceType").asText().equals(type)) {
                found.add((ObjectNode) entry.path("resource"));
            }
        });
        return found;
    }

    /** In the first resource of that type, wherever there is one. */
    static VendorFault first(String type, Consumer<ObjectNode> fault) {
        return VendorFault.ofBundles(
                bundle -> all(bundle, type).stream().findFirst().ifPresent(fault));
    }

    /** Sets an element of the first resource of that type, by JSON pointer; the value is JSON. */
    static VendorFault set(String type, String pointer, String json) {
        return first(type, resource -> put(resource, pointer, json));
    }

    static VendorFault remove(String type, String pointer) {
        return first(type, resource -> take(resource, pointer));
    }

    static VendorFault change(String type, String pointer, UnaryOperator<String> change) {
        return first(
                type,
                resource -> put(
                        resource,
                        pointer,
                        "\"" + change.apply(resource.at(pointer).asText()) + "\""));
    }

    /** Sets an element of every Bundle itself. */
    static VendorFault bundle(String pointer, String json) {
        return VendorFault.ofBundles(bundle -> put(bundle, pointer, json));
    }

    /** In answers to requests whose address has this in it. */
    static VendorFault onlyAt(String part, Consumer<ObjectNode> fault) {
        return new VendorFault() {
            @Override
            public void spoil(Request request, ObjectNode bundle) {
                if (request.getUrl().contains(part) && !request.getUrl().contains(CheckOrder.NOBODY.value())) {
                    fault.accept(bundle);
                }
            }
        };
    }

    /** In the first resource of that type of answers about practitioners. */
    static VendorFault individual(String type, Consumer<ObjectNode> fault) {
        return onlyAt("/Slot?", bundle -> all(bundle, type).stream().findFirst().ifPresent(fault));
    }

    static void put(ObjectNode node, String pointer, String json) {
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = node.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), read(json));
        } else {
            ObjectNode object = parent instanceof ObjectNode there ? there : node.withObject(path.head());
            object.set(path.last().getMatchingProperty(), read(json));
        }
    }

    static void take(ObjectNode node, String pointer) {
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = node.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.remove(path.last().getMatchingIndex());
        } else if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A search for slots, of practitioners. */
    static Predicate<Request> search() {
        return request -> request.getUrl().startsWith("/Slot");
    }

    /** That status and an OperationOutcome, instead of the right answer. */
    static VendorFault status(Predicate<Request> when, int status) {
        return VendorFault.ofAnswers((request, answer) -> when.test(request)
                ? aResponse()
                        .withStatus(status)
                        .withBody(
                                "{\"resourceType\": \"OperationOutcome\", \"issue\": [{\"severity\": \"error\", \"code\": \"exception\"}]}")
                : answer.get());
    }

    /** That body with HTTP 200, instead of the right answer. */
    static VendorFault body(Predicate<Request> when, String body) {
        return VendorFault.ofAnswers((request, answer) -> when.test(request)
                ? aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/fhir+json")
                        .withBody(body)
                : answer.get());
    }

    /** The first slot that names a CPTS. */
    static Optional<ObjectNode> communitySlot(ObjectNode bundle) {
        return all(bundle, "Slot").stream()
                .filter(slot -> slot.toString().contains("HealthcareService/"))
                .findFirst();
    }

    /** {@code Slot.meta.security} with that one audience. */
    static String audience(String code) {
        return "[{\"system\": \"" + AUDIENCES + "\", \"code\": \"" + code + "\"}]";
    }
}
