/** The FHIR vocabulary: contexts, profile URLs, code systems, instants as the guide writes them. No behaviour. */
@ApplicationModule(allowedDependencies = {"json", "slot"})
@NullMarked
package fr.sas.hub.fhir;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
