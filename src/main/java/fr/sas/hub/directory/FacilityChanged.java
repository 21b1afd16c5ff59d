package fr.sas.hub.directory;

import fr.sas.hub.slot.StructureId;

/**
 * What the API says of a facility changed; published inside the transaction that records it.
 *
 * @param facility the id it is kept under
 */
public record FacilityChanged(StructureId facility) {}
