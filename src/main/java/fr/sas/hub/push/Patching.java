package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatch;

/**
 * JSON Patch (RFC 6902) by vendors. Twenty copies of a member into itself make a million of it: what each operation brings
 * is counted before it is done.
 */
final class Patching {

    private static final int MOST_OPERATIONS = 1_000;
    private static final int MOST_CHARACTERS = 1 << 20;
    /** What is stored has to be read again, and Bundles have it some levels deeper. */
    private static final int DEEPEST = 100;

    /** The patch asks for more than a patch may. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message);
        }
    }

    private final JsonNode resource;
    private long characters;

    private Patching(String resource) {
        this.characters = resource.length();
        checkLength();
        this.resource = Json.tree(resource);
    }

    /**
     * One operation after the other: the library lets a member be removed that is not there, RFC 6902 §4.2 does not.
     *
     * @param resource as it is stored
     * @throws TooMuch before anything large is made
     * @throws InvalidJsonPatchException and what else the library throws, for what is no patch or does not fit
     * @throws IllegalStateException when nothing is there to be removed, moved or copied
     */
    static JsonNode patched(JsonNode patch, String resource) {
        if (!patch.isArray()) {
            throw new InvalidJsonPatchException("an array of operations is expected");
        }
        if (patch.size() > MOST_OPERATIONS) {
            throw new TooMuch("A patch has at most " + MOST_OPERATIONS + " operations, not " + patch.size());
        }
        Patching patching = new Patching(resource);
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
            throw new TooMuch("A patch nests at most " + DEEPEST + " levels deep");
        }
        JsonPatch.applyInPlace(Json.MAPPER.createArrayNode().add(operation), resource);
    }

    /** RFC 6901 §3; the library takes any other tilde for itself. */
    private static void checkPointer(String pointer) {
        for (int tilde = pointer.indexOf('~'); tilde >= 0; tilde = pointer.indexOf('~', tilde + 1)) {
            if (!pointer.startsWith("0", tilde + 1) && !pointer.startsWith("1", tilde + 1)) {
                throw new InvalidJsonPatchException("a tilde is written ~0 and a slash ~1 (RFC 6901)");
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
            throw new TooMuch("A resource and what a patch adds, copies and moves have at most " + MOST_CHARACTERS
                    + " characters together; PUT what is longer");
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
