package fr.sas.hub.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A part of a vendor's answer that is right by default, and into which faults can be planted. */
public abstract class VendorPart<T extends VendorPart<T>> {

    static final ObjectMapper JSON = new ObjectMapper();

    private final List<Consumer<ObjectNode>> faults = new ArrayList<>();

    /** Overrides one field of the finished resource, by JSON pointer such as {@code /meta/security/0/code}. */
    public T set(String pointer, Object value) {
        return tamper(node -> put(node, JsonPointer.compile(pointer), JSON.valueToTree(value)));
    }

    /** Takes one field out of the finished resource, by JSON pointer. */
    public T remove(String pointer) {
        JsonPointer path = JsonPointer.compile(pointer);
        return tamper(node -> {
            JsonNode parent = node.at(path.head());
            if (parent instanceof ObjectNode object) {
                object.remove(path.last().getMatchingProperty());
            } else if (parent instanceof ArrayNode array) {
                array.remove(path.last().getMatchingIndex());
            }
        });
    }

    /** Any other fault, on the finished JSON. */
    @SuppressWarnings("unchecked")
    public T tamper(Consumer<ObjectNode> fault) {
        faults.add(fault);
        return (T) this;
    }

    ObjectNode spoil(ObjectNode node) {
        faults.forEach(fault -> fault.accept(node));
        return node;
    }

    private static void put(ObjectNode root, JsonPointer path, JsonNode value) {
        JsonNode parent = root.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), value);
        } else {
            ObjectNode object = parent instanceof ObjectNode there ? there : root.withObject(path.head());
            object.set(path.last().getMatchingProperty(), value);
        }
    }

    static ObjectNode resource(String type, String id, String profile) {
        ObjectNode resource = JSON.createObjectNode().put("resourceType", type).put("id", id);
        resource.putObject("meta").putArray("profile").add(profile);
        return resource;
    }

    static ObjectNode identifier(String typeSystem, String typeCode, String system, String value) {
        ObjectNode identifier = JSON.createObjectNode();
        identifier
                .putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", typeSystem)
                .put("code", typeCode);
        return identifier.put("system", system).put("value", value);
    }

    static void coding(ArrayNode concepts, String system, String code) {
        concepts.addObject()
                .putArray("coding")
                .addObject()
                .put("system", system)
                .put("code", code);
    }

    static void phone(ObjectNode resource, String number) {
        resource.putArray("telecom").addObject().put("system", "phone").put("value", number);
    }

    static void address(ObjectNode resource, String line, String postalCode, String city) {
        ObjectNode address = resource.putObject("address");
        address.putArray("line").add(line);
        address.put("city", city).put("postalCode", postalCode);
    }
}
