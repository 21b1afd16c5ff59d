package fr.sas.hub.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.fhir.SearchsetTotal;
import fr.sas.hub.json.BoundedJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pages of an answer to a search reveal about each other: which follows, and whether more are to come. */
final class SearchsetPages {

    private static final JsonFactory JSON = BoundedJson.forgivingFactory();

    private SearchsetPages() {}

    /**
     * Whether the pages contain as many as they announce: a link back to one of them then leads to nothing more.
     */
    static boolean areWhole(List<byte[]> pages) {
        List<JsonNode> bundles = new ArrayList<>();
        try {
            for (byte[] page : pages) {
                bundles.add(BoundedJson.readRepairing(page).json());
            }
        } catch (IOException e) {
            return false;
        }
        return SearchsetTotal.of(bundles).isRight(true);
    }

    /**
     * The address of the next page, resolved against this one; reads only up to Bundle.link, but checks that everything
     * is JSON.
     */
    static @Nullable URI next(byte[] body, URI page) throws IOException, NextLink.NoAddress {
        String next;
        try {
            next = nextOf(body);
        } catch (IOException broken) {
            next = nextOf(BoundedJson.readRepairing(body).json());
        }
        return next == null ? null : NextLink.of(next, page);
    }

    /** For a body that had to be repaired first. */
    private static @Nullable String nextOf(JsonNode bundle) throws IOException {
        if (!bundle.isObject()) {
            throw new IOException("not a JSON object");
        }
        String next = null;
        for (JsonNode link : FhirShapes.items(bundle.path("link"))) {
            if (link.path("relation").asText().equals("next")
                    && link.path("url").isTextual()) {
                next = link.path("url").asText();
            }
        }
        return next;
    }

    private static @Nullable String nextOf(byte[] body) throws IOException {
        String next = null;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (!field.equals("link")) {
                    json.skipChildren();
                } else if (json.currentToken() == JsonToken.START_OBJECT) {
                    next = nextOfLink(json);
                } else if (json.currentToken() == JsonToken.START_ARRAY) {
                    next = nextOf(json);
                }
            }
        }
        return next;
    }

    private static @Nullable String nextOf(JsonParser json) throws IOException {
        String next = null;
        for (JsonToken link = json.nextToken(); link != JsonToken.END_ARRAY; link = json.nextToken()) {
            String url = link == JsonToken.START_OBJECT ? nextOfLink(json) : null;
            next = url == null ? next : url;
            json.skipChildren();
        }
        return next;
    }

    /** The address, if the link that the parser has just entered is to the next page. */
    private static @Nullable String nextOfLink(JsonParser json) throws IOException {
        String relation = null;
        String url = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("relation")) {
                relation = json.getValueAsString();
            } else if (field.equals("url")) {
                url = json.getValueAsString();
            }
            json.skipChildren();
        }
        return "next".equals(relation) ? url : null;
    }
}
