/** The HTTP edge shared by all rooms: who may call, and how errors in a request are reported. */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "database"})
@NullMarked
package fr.sas.hub.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
