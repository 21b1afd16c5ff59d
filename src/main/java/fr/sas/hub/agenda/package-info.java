/** Slots that practitioners, delegates and facility managers enter by hand. */
@ApplicationModule(allowedDependencies = {"slot", "directory", "access", "history", "delegation", "database"})
@NullMarked
package fr.sas.hub.agenda;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
