package fr.sas.hub.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a write request that succeeded.
 *
 * @param status of HTTP
 * @param changedAt when this version was written
 * @param json what was read, or the current version if the vendor wants it; otherwise null
 */
record WriteOutcome(
        int status,
        ResourceAddress address,
        long version,
        Instant changedAt,
        @Nullable String json) {

    String etag() {
        return "W/\"" + version + "\"";
    }
}
