package fr.sas.hub.push;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a resource, without its content.
 *
 * @param saidAt by the vendor's clock; null when the vendor never said
 * @param schedule of a Slot, the id of its Schedule; else null
 * @param subjects of a Schedule, whose it is; else empty
 */
record StoredResource(
        Address address,
        long version,
        @Nullable Instant saidAt,
        Instant changedAt,
        boolean deleted,
        UUID digest,
        @Nullable String schedule,
        Set<String> subjects) {
    StoredResource {
        subjects = Set.copyOf(subjects);
    }

    /** Whether a word of then comes too late; what was deleted does not come back by a word of the same instant. */
    boolean overtakes(@Nullable Instant said) {
        return saidAt != null && said != null && (deleted ? !said.isAfter(saidAt) : saidAt.isAfter(said));
    }
}
