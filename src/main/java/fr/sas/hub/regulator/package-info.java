/** Regulators' accounts, told to every vendor that takes them (INT_R02; docs/decisions/0020). */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "access", "connector", "outbox"})
@NullMarked
package fr.sas.hub.regulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
