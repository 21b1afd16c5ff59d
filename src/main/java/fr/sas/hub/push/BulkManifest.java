package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.UrlText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of SMART Scheduling Links, as read.
 *
 * @param transactionTime as the vendor wrote it
 * @param incremental whether it contains only what changed since the time requested
 * @param notes files of OperationOutcomes: what the vendor reports as having gone wrong when it published, or as worth
 *     knowing
 * @param lost in a sentence, what the manifest names but cannot be fetched; null if there is nothing of the kind
 */
record BulkManifest(
        String transactionTime,
        boolean incremental,
        List<File> files,
        List<URI> notes,
        @Nullable String lost) {
    BulkManifest {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /** @param deletions whether its lines are Bundles of DELETE requests instead of resources */
    record File(String type, URI address, boolean deletions) {}

    /** A manifest that cannot be used. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    private static final int MOST_FILES = 1_000;
    private static final String NO_ADDRESS = "the manifest has a url that is not an address";
    private static final Set<String> HARMLESS = Set.of("information", "warning");

    static BulkManifest read(byte[] body, URI manifest) throws Unusable {
        JsonNode tree;
        try {
            tree = PushJson.MAPPER.readTree(body);
        } catch (java.io.IOException e) {
            throw new Unusable("the manifest is not JSON");
        }
        String time = tree.path("transactionTime").asText("");
        if (time.isBlank() || !tree.path("output").isArray()) {
            throw new Unusable("the manifest has no transactionTime, or no output");
        }
        if (tree.path("output").size()
                        + tree.path("deleted").size()
                        + tree.path("error").size()
                > MOST_FILES) {
            throw new Unusable("the manifest names more than " + MOST_FILES + " files");
        }
        List<File> files = new ArrayList<>();
        List<URI> notes = new ArrayList<>();
        String lost = null;
        for (JsonNode output : tree.path("output")) {
            String type = output.path("type").asText("");
            if (ResourceRules.TYPES.contains(type)) {
                URI address = address(output, manifest);
                if (address == null) {
                    lost = NO_ADDRESS;
                } else {
                    files.add(new File(type, address, false));
                }
            }
        }
        for (JsonNode deleted : tree.path("deleted")) {
            URI address = address(deleted, manifest);
            if (address == null) {
                lost = NO_ADDRESS;
            } else {
                files.add(new File("Bundle", address, true));
            }
        }
        for (JsonNode error : tree.path("error")) {
            URI address = address(error, manifest);
            if (address == null) {
                lost = "the manifest reports errors that cannot be fetched: it may be incomplete";
            } else {
                notes.add(address);
            }
        }
        return new BulkManifest(time, tree.path("request").asText("").contains("_since="), files, notes, lost);
    }

    private static @Nullable URI address(JsonNode output, URI manifest) {
        String url = output.path("url").asText("");
        try {
            return url.isBlank() || UrlText.isTooLong(url)
                    ? null
                    : manifest.resolve(url.replace("|", "%7C").replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Whether a note is for information only, which means that everything was published.
     *
     * @param line of a file of notes
     */
    static boolean isHarmless(String line) {
        try {
            JsonNode outcome = PushJson.MAPPER.readTree(line);
            boolean harmless = outcome.path("resourceType").asText().equals("OperationOutcome")
                    && !outcome.path("issue").isEmpty();
            for (JsonNode issue : outcome.path("issue")) {
                harmless &= HARMLESS.contains(issue.path("severity").asText());
            }
            return harmless;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
