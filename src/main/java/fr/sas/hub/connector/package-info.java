/** Vendors as descriptors: whom to ask, when, how politely. Knows HTTP, not meaning. */
@ApplicationModule(allowedDependencies = {"slot", "directory", "access", "database"})
@NullMarked
package fr.sas.hub.connector;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
