/** The shared words of every room: slots, identifiers, places, batches. Pure values, no behaviour of the platform. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.slot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
