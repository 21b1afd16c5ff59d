package fr.sas.hub.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What searches show about a subject.
 *
 * @param until when the beginning or end of an absence changes it; null for never
 * @param resources Slots that have not ended, and what they refer to; each resource once
 */
public record ServedSubject(@Nullable Instant until, List<ServedResource> resources) {
    public ServedSubject {
        resources = List.copyOf(resources);
    }
}
