/** The HTTP edge that all rooms share: who may call, and how a faulty request is told what is wrong with it. */
@ApplicationModule(allowedDependencies = {"slot", "fhir"})
@NullMarked
package fr.sas.hub.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
