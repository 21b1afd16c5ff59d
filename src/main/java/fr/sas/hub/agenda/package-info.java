/** Slots that practitioners, delegates and facility managers type in by hand. */
@ApplicationModule(allowedDependencies = {"slot", "directory", "access", "history", "delegation"})
@NullMarked
package fr.sas.hub.agenda;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
