package fr.sas.hub.directory;

import fr.sas.hub.slot.StructureId;

/**
 * A facility was changed through the API; published inside the transaction that records it.
 *
 * @param facility the id it is stored under
 */
public record FacilityChanged(StructureId facility) {}
