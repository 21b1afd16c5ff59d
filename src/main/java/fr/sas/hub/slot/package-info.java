/** The vocabulary shared by every room: slots, identifiers, places, batches. Pure values, no platform behaviour. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.slot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
