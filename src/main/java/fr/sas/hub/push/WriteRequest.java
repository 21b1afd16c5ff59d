package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing a vendor wants done: a single request, or an entry of a Bundle.
 *
 * @param path of the entry, such as {@code Bundle.entry[3]}; empty for a single request
 * @param id chosen by the vendor; null if the resource is created, or named by {@code condition}
 * @param condition for a conditional update, patch or delete; otherwise null
 * @param resource what is created or updated; otherwise null
 * @param patch a JSON Patch (RFC 6902); otherwise null
 * @param ifMatch versions of which one must be the current one; null for any
 * @param onlyNew {@code If-None-Match: *}
 * @param ifNoneExist for a conditional create; otherwise null
 * @param fullUrl by which other entries refer to it; null if there is none
 * @param saidAt when the vendor wrote the Bundle, for resources that have no date themselves; null if it does not say
 * @param storable whether a check of the bytes showed that all texts can be stored; if not, each text is checked
 * @param seed for the id of a resource that is created: the same request produces the same id; empty for other verbs
 */
record WriteRequest(
        String path,
        Verb verb,
        String type,
        @Nullable String id,
        @Nullable IdentifierToken condition,
        @Nullable ObjectNode resource,
        @Nullable JsonNode patch,
        @Nullable Set<Long> ifMatch,
        boolean onlyNew,
        @Nullable IdentifierToken ifNoneExist,
        @Nullable String fullUrl,
        @Nullable Instant saidAt,
        boolean storable,
        String seed) {

    enum Verb {
        DELETE,
        CREATE,
        UPDATE,
        PATCH,
        READ
    }

    /** A line of a published file. */
    static WriteRequest ofFile(String place, Verb verb, String type, String id, @Nullable ObjectNode resource) {
        return new WriteRequest(place, verb, type, id, null, resource, null, null, false, null, null, null, false, "");
    }

    /** The FHIRPath of the resource, such as {@code Bundle.entry[3].resource} or {@code Slot}. */
    String resourcePath() {
        return path.isEmpty() ? type : path + ".resource";
    }

    FhirRefusal refused(int status, String code, String message) {
        return new FhirRefusal(status, code, message, path.isEmpty() ? null : path);
    }

    FhirRefusal refused(int status, String code, String message, String element) {
        return new FhirRefusal(status, code, message, resourcePath() + element);
    }
}
