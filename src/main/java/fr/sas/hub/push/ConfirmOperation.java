package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.database.TransactionRetry;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * {@code POST /fhir/$confirm}: "nothing has changed", without sending the resources again. Parameters: {@code
 * everything} true, or {@code resource}, a reference to a Schedule or Slot of the vendor, any number of times.
 */
@Component
class ConfirmOperation implements FhirInteraction {

    /** Some ten thousand references. */
    private static final DataSize MOST = DataSize.ofMegabytes(1);

    private final UnchangedDeliveries repeating;
    private final ResourceTables resources;
    private final VendorTurns turns;
    private final PushedDeliveries deliveries;

    ConfirmOperation(
            UnchangedDeliveries repeating, ResourceTables resources, VendorTurns turns, PushedDeliveries deliveries) {
        this.repeating = repeating;
        this.resources = resources;
        this.turns = turns;
        this.deliveries = deliveries;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return request.method().equals("POST") && request.isAt("$confirm");
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.VENDOR);
    }

    @Override
    public FhirReply answer(FhirRequest request) throws IOException {
        Source source = DeliveringInteraction.source(request.caller());
        PushedDeliveries.Terms terms = DeliveringInteraction.terms(deliveries, source);
        if (terms.status() == Vendor.Status.PAUSED) {
            return DeliveringInteraction.paused();
        }
        Set<String> bases = new HashSet<>(resources.bases(source.name()));
        bases.addAll(List.of(terms.base(), request.base()));
        return turns.inTurn(source, request, MOST, body -> confirm(source, terms, bases, PushRequests.tree(body)));
    }

    private FhirReply confirm(Source source, PushedDeliveries.Terms terms, Set<String> bases, JsonNode parameters) {
        if (!parameters.path("resourceType").asText().equals("Parameters")) {
            throw new FhirRefusal(400, "structure", "A Parameters resource is expected", "Parameters");
        }
        List<ResourceAddress> some = isEverything(parameters) ? List.of() : schedulesAndSlots(parameters, bases);
        UnchangedDeliveries.StoredConfirmation confirmed = TransactionRetry.retryOnce(
                () -> some.isEmpty() ? repeating.everything(source, terms) : repeating.some(source, terms, some));
        return new FhirReply(200, Map.of(), WriteReplies.bytes(answer(confirmed)));
    }

    private static boolean isEverything(JsonNode parameters) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals("everything")) {
                return parameter.path("valueBoolean").asBoolean();
            }
        }
        return false;
    }

    private static List<ResourceAddress> schedulesAndSlots(JsonNode parameters, Set<String> bases) {
        List<ResourceAddress> addresses = new java.util.ArrayList<>();
        JsonNode all = parameters.path("parameter");
        for (int i = 0; i < all.size(); i++) {
            String path = "Parameters.parameter[" + i + "]";
            if (!all.get(i).path("name").asText().equals("resource")) {
                throw new FhirRefusal(
                        400, "not-supported", "A parameter must be everything or resource", path + ".name");
            }
            String reference =
                    all.get(i).path("valueReference").path("reference").asText("");
            ResourceAddress address = ResourceAddress.parse(ReferenceNormalizer.relative(reference, bases));
            if (address == null
                    || !(address.type().equals("Slot") || address.type().equals("Schedule"))) {
                throw new FhirRefusal(
                        400,
                        "value",
                        "A reference to one of your Slots or Schedules is expected, not " + reference,
                        path + ".valueReference.reference");
            }
            addresses.add(address);
        }
        if (addresses.isEmpty()) {
            throw new FhirRefusal(
                    400,
                    "required",
                    "The parameter everything (valueBoolean true) or at least one resource is required",
                    "Parameters.parameter");
        }
        return addresses;
    }

    private static ObjectNode answer(UnchangedDeliveries.StoredConfirmation confirmed) {
        ObjectNode answer = PushJson.MAPPER.createObjectNode().put("resourceType", "Parameters");
        ArrayNode parameters = answer.putArray("parameter");
        parameters
                .addObject()
                .put("name", "confirmedAt")
                .put("valueInstant", FhirInstants.write(confirmed.at(), ZoneId.of("Europe/Paris")));
        parameters.addObject().put("name", "subjects").put("valueInteger", confirmed.subjects());
        for (ResourceAddress address : confirmed.unknown()) {
            parameters
                    .addObject()
                    .put("name", "unknown")
                    .putObject("valueReference")
                    .put("reference", address.toString());
        }
        return answer;
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(
                new Capability(
                        "",
                        "$confirm",
                        "Nothing has changed: parameter everything (valueBoolean), or resource (valueReference) any number of times"));
    }
}
