/**
 * FHIR as every room uses it: the guide's URLs and codes, instants as the guide writes them, reading resources in FHIR's shape, and
 * validation against profiles. It knows nothing about slots, vendors or what a resource is for.
 */
@ApplicationModule(allowedDependencies = {"json", "slot"})
@NullMarked
package fr.sas.hub.fhir;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
