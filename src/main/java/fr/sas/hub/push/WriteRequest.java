package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.FhirRefusal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing a vendor asks for: a request of its own, or an entry of a Bundle.
 *
 * @param path of the entry, such as {@code Bundle.entry[3]}; empty for a request of its own
 * @param id in the vendor's numbering; null when it is created, or named by {@code condition}
 * @param condition of a conditional update, patch or delete
 * @param resource what is created or updated; else null
 * @param patch a JSON Patch (RFC 6902); else null
 * @param ifMatch the versions the vendor believes in, any of them; null when it does not care
 * @param onlyNew {@code If-None-Match: *}
 * @param ifNoneExist of a conditional create
 * @param fullUrl how other entries refer to it
 * @param saidAt when the vendor put it together, where the resource itself does not say
 * @param storable a look at its bytes said that all of its texts can be kept; false when each has to be looked at
 * @param seed of the id of a resource that has none yet: the same request makes the same id
 */
record WriteRequest(
        String path,
        Verb verb,
        String type,
        @Nullable String id,
        @Nullable Token condition,
        @Nullable ObjectNode resource,
        @Nullable JsonNode patch,
        @Nullable Set<Long> ifMatch,
        boolean onlyNew,
        @Nullable Token ifNoneExist,
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

    /** FHIRPath of the resource, such as {@code Bundle.entry[3].resource} or {@code Slot}. */
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
