/** The line to a vendor: HTTP, credentials, politeness, patience. Knows no slots. */
@ApplicationModule(allowedDependencies = {"asking", "delivery", "json", "slot", "vendor"})
@NullMarked
package fr.sas.hub.line;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
