package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;

/**
 * A practitioner is a salaried doctor of a health centre.
 *
 * @param place the directory's id of the practitioner's place there
 * @param centre the id it is stored under
 */
public record SalariedDoctor(PractitionerId practitioner, String place, StructureId centre) {}
