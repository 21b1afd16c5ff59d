package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Texts for people ({@code DomainResource.text}): nobody here reads them, and what is no XHTML in them costs nothing. */
public final class Narratives {

    private Narratives() {}

    /** Takes them out of a resource and of what it contains. */
    public static void leaveOut(ObjectNode resource) {
        resource.remove("text");
        for (JsonNode contained : resource.path("contained")) {
            if (contained instanceof ObjectNode part) {
                part.remove("text");
            }
        }
    }

    /** The same resource when it has none; else one that shares all the rest. */
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
