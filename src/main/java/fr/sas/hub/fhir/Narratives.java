package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Human-readable narratives ({@code DomainResource.text}): the hub does not use them, so invalid XHTML in them must do
 * no harm.
 */
public final class Narratives {

    private Narratives() {}

    /** Removes them from a resource and from the resources it contains. */
    public static void leaveOut(ObjectNode resource) {
        resource.remove("text");
        for (JsonNode contained : resource.path("contained")) {
            if (contained instanceof ObjectNode part) {
                part.remove("text");
            }
        }
    }

    /** The same resource when it has no narrative; otherwise a copy that shares everything else. */
    static ObjectNode without(ObjectNode resource) {
        boolean none = !resource.has("text");
        for (JsonNode contained : resource.path("contained")) {
            none &= !contained.has("text");
        }
        if (none) {
            return resource;
        }
        ObjectNode bare = shallow(resource);
        if (resource.path("contained") instanceof ArrayNode all) {
            ArrayNode parts = bare.putArray("contained");
            all.forEach(part -> parts.add(part instanceof ObjectNode object ? shallow(object) : part));
        }
        leaveOut(bare);
        return bare;
    }

    private static ObjectNode shallow(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        return copy;
    }
}
