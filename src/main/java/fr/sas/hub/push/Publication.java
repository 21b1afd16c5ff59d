package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest of SMART Scheduling Links, understood.
 *
 * @param transactionTime as the vendor wrote it
 * @param incremental only what changed since the time that was asked for
 */
record Publication(String transactionTime, boolean incremental, List<File> files) {
    Publication {
        files = List.copyOf(files);
    }

    /** @param deletions lines are Bundles of DELETE requests, and not resources */
    record File(String type, URI address, boolean deletions) {}

    /** A manifest that cannot be used. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    private static final int MOST_FILES = 1_000;

    static Publication read(byte[] body, URI manifest) throws Unusable {
        JsonNode tree;
        try {
            tree = Json.MAPPER.readTree(body);
        } catch (java.io.IOException e) {
            throw new Unusable("the manifest is not JSON");
        }
        String time = tree.path("transactionTime").asText("");
        if (time.isBlank() || !tree.path("output").isArray()) {
            throw new Unusable("the manifest has no transactionTime or no output");
        }
        if (!tree.path("error").isEmpty()) {
            throw new Unusable("the manifest reports errors of its own: it may not be complete");
        }
        if (tree.path("output").size() + tree.path("deleted").size() > MOST_FILES) {
            throw new Unusable("the manifest names more than " + MOST_FILES + " files");
        }
        List<File> files = new ArrayList<>();
        for (JsonNode output : tree.path("output")) {
            String type = output.path("type").asText("");
            if (ResourceRules.TYPES.contains(type)) {
                files.add(new File(type, address(output, manifest), false));
            }
        }
        for (JsonNode deleted : tree.path("deleted")) {
            files.add(new File("Bundle", address(deleted, manifest), true));
        }
        return new Publication(time, tree.path("request").asText("").contains("_since="), files);
    }

    private static URI address(JsonNode output, URI manifest) throws Unusable {
        try {
            return manifest.resolve(
                    output.path("url").asText("").replace("|", "%7C").replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new Unusable("the manifest names something that is no address");
        }
    }
}
