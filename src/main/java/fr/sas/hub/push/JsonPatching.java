package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatch;

/**
 * JSON Patch (RFC 6902) by vendors. Copying a member into itself twenty times makes a million copies of it: what each
 * operation adds is counted before the operation is applied.
 */
final class JsonPatching {

    private static final int MOST_OPERATIONS = 1_000;
    private static final int MOST_CHARACTERS = 1 << 20;
    /** What is stored must be readable again, some levels deeper within a Bundle. */
    private static final int DEEPEST = 100;

    /** The patch exceeds a limit. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message);
        }
    }

    private final JsonNode resource;
    private long characters;

    private JsonPatching(String resource) {
        this.characters = resource.length();
        checkLength();
        this.resource = PushJson.tree(resource);
    }

    /**
     * Applied one operation at a time: the library accepts the removal of a missing member, RFC 6902 §4.2 does not.
     *
     * @param resource as it is stored
     * @throws TooMuch before anything large is made
     * @throws InvalidJsonPatchException like the library's other exceptions, if it is not a patch or does not fit
     * @throws IllegalStateException if there is nothing to remove, move or copy
     */
    static JsonNode patched(JsonNode patch, String resource) {
        if (!patch.isArray()) {
            throw new InvalidJsonPatchException("an array of operations is expected");
        }
        if (patch.size() > MOST_OPERATIONS) {
            throw new TooMuch("A patch may have at most " + MOST_OPERATIONS + " operations, not " + patch.size());
        }
        JsonPatching patching = new JsonPatching(resource);
        for (JsonNode operation : patch) {
            patching.apply(operation.deepCopy());
        }
        return patching.resource;
    }

    private void apply(JsonNode operation) {
        String op = operation.path("op").asText();
        String path = operation.path("path").asText("");
        checkPointer(path);
        checkPointer(operation.path("from").asText(""));
        if (op.equals("remove")) {
            there(path, op);
        }
        JsonNode brought = op.equals("copy") || op.equals("move")
                ? there(operation.path("from").asText(""), op)
                : operation.path("value");
        characters += path.length() + brought.toString().length();
        checkLength();
        if (path.chars().filter(character -> character == '/').count() + depth(brought) > DEEPEST) {
            throw new TooMuch("A patch may nest at most " + DEEPEST + " levels deep");
        }
        JsonPatch.applyInPlace(PushJson.MAPPER.createArrayNode().add(operation), resource);
    }

    /** RFC 6901 §3; the library would read any other tilde literally. */
    private static void checkPointer(String pointer) {
        for (int tilde = pointer.indexOf('~'); tilde >= 0; tilde = pointer.indexOf('~', tilde + 1)) {
            if (!pointer.startsWith("0", tilde + 1) && !pointer.startsWith("1", tilde + 1)) {
                throw new InvalidJsonPatchException("a tilde must be written ~0 and a slash ~1 (RFC 6901)");
            }
        }
    }

    private JsonNode there(String path, String op) {
        JsonNode found = resource.at(path);
        if (found.isMissingNode()) {
            throw new IllegalStateException("there is nothing to " + op + " at " + path);
        }
        return found;
    }

    private void checkLength() {
        if (characters > MOST_CHARACTERS) {
            throw new TooMuch("A resource and everything a patch adds, copies and moves may have at most "
                    + MOST_CHARACTERS + " characters in total; use PUT for more");
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode part : node) {
            deepest = Math.max(deepest, depth(part));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }
}
