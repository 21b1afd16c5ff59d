package fr.sas.hub.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one thing a vendor asked for.
 *
 * @param status HTTP
 * @param changedAt when this version was written
 * @param json of what was read, or of the current version when it is wanted; else null
 */
record WriteOutcome(
        int status,
        Address address,
        long version,
        Instant changedAt,
        @Nullable String json) {

    String etag() {
        return "W/\"" + version + "\"";
    }
}
