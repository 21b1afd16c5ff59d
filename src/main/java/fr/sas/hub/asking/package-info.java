/**
 * Whom to ask which vendor for, and when; what vendors deliver by themselves takes the same path. Does not interpret
 * contents.
 */
@ApplicationModule(allowedDependencies = {"database", "delivery", "directory", "fhir", "line", "slot", "vendor"})
@NullMarked
package fr.sas.hub.asking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
