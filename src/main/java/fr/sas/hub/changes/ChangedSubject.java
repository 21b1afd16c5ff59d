package fr.sas.hub.changes;

import java.time.Instant;
import java.util.List;

/**
 * What changed about one subject after a position.
 *
 * @param subject national id of a practitioner or structure
 * @param position of its last change
 * @param at when that change was noticed
 * @param gone resources that are no longer in any answer
 * @param changed new or changed resources, without slots that have ended
 */
public record ChangedSubject(
        String subject, long position, Instant at, List<GoneResource> gone, List<KnownResource> changed) {

    int entries() {
        return gone.size() + changed.size();
    }
}
