package fr.sas.hub.changes;

import fr.sas.hub.search.ServedResource;

/**
 * A resource as it was last reported to consumers.
 *
 * @param position of its last change
 */
public record KnownResource(ServedResource resource, long position) {}
