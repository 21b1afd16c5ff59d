package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.ArrayList;
import java.util.List;

/** An answer in pages, when {@code _count} asks for them: so many Slots each, and all that they need on every page. */
final class VendorPaging {

    private VendorPaging() {}

    static void page(ObjectNode bundle, Request request) {
        if (!request.queryParameter("_count").isPresent() || !bundle.has("entry")) {
            return;
        }
        int count = Integer.parseInt(request.queryParameter("_count").firstValue());
        int from = request.queryParameter("_offset").isPresent()
                ? Integer.parseInt(request.queryParameter("_offset").firstValue())
                : 0;
        List<JsonNode> slots = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>();
        bundle.path("entry")
                .forEach(entry -> (entry.path("resource")
                                        .path("resourceType")
                                        .asText()
                                        .equals("Slot")
                                ? slots
                                : others)
                        .add(entry));
        ArrayNode entries = bundle.putArray("entry");
        slots.subList(from, Math.min(slots.size(), from + count)).forEach(entries::add);
        others.forEach(entries::add);
        if (from + count < slots.size()) {
            String here = request.getAbsoluteUrl().replaceFirst("&_offset=\\d+", "");
            ((ArrayNode) bundle.path("link"))
                    .addObject()
                    .put("relation", "next")
                    .put("url", here + "&_offset=" + (from + count));
        }
    }
}
