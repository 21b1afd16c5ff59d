/** The line to a vendor: HTTP, credentials, rate limits, time limits. Knows nothing about slots. */
@ApplicationModule(allowedDependencies = {"database", "delivery", "fhir", "json", "slot", "vendor"})
@NullMarked
package fr.sas.hub.line;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
