/** Who exists: practitioners, their places, facilities; fed by the national extraction and the API. */
@ApplicationModule(allowedDependencies = {"database", "slot", "access"})
@NullMarked
package fr.sas.hub.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
