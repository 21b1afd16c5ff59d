package fr.sas.hub.push;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a resource, without its content.
 *
 * @param saidAt when the vendor wrote it, by the vendor's clock; null if it never said
 * @param schedule for a Slot, the id of its Schedule; otherwise null
 * @param subjects for a Schedule, whose it is; otherwise empty
 */
record StoredResource(
        ResourceAddress address,
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

    /** Whether a message written then is out of date; one of the same instant as a deletion does not undo it. */
    boolean overtakes(@Nullable Instant said) {
        return saidAt != null && said != null && (deleted ? !said.isAfter(saidAt) : saidAt.isAfter(said));
    }
}
