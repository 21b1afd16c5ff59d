package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.StructureId;
import java.time.Instant;
import java.util.UUID;

/**
 * Someone named as the manager of a facility.
 *
 * @param facility the id under which the directory stores it
 */
public record FacilityManagerView(
        UUID id, StructureId facility, EmailAddress email, String family, String given, Instant at, String by) {}
