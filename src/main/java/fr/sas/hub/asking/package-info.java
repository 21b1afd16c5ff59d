/** Whom to ask of which vendor, and when; what they say by themselves goes the same way. Knows no meaning. */
@ApplicationModule(allowedDependencies = {"database", "delivery", "directory", "line", "slot", "vendor"})
@NullMarked
package fr.sas.hub.asking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
