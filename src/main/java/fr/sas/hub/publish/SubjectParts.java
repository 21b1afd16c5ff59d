package fr.sas.hub.publish;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is published about one subject, starting with an edition.
 *
 * @param digest of what it was made of; null when the subject is no longer known
 * @param until when the first of its slots ends; null for never
 * @param own replaces everything the subject had before
 * @param shared what it refers to and others may refer to as well; never deleted
 */
record SubjectParts(
        String subject,
        byte @Nullable [] digest,
        @Nullable Instant until,
        Map<Place, PartBytes> own,
        Map<Place, PartBytes> shared) {

    /** @param owner the subject, or the id of a shared resource after a '+', which no subject begins with */
    record Place(String departement, String type, String owner) {}
}
