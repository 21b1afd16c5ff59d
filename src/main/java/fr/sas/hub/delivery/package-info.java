/** Vendors' deliveries as received, for as long as they are kept. */
@ApplicationModule(allowedDependencies = {"database", "slot", "vendor"})
@NullMarked
package fr.sas.hub.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
