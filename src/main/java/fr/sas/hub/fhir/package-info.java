/**
 * FHIR as every room uses it: the guide's URLs and codes, instants as the guide writes them, JSON brought into the shape that FHIR
 * defines, validation against profiles. What resources mean is decided elsewhere, mostly in the room {@code rule}.
 */
@ApplicationModule(allowedDependencies = {"json", "slot"})
@NullMarked
package fr.sas.hub.fhir;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
