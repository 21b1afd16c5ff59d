/** Regulators' accounts, sent to every vendor that takes them (INT_R02; docs/decisions/0020). */
@ApplicationModule(allowedDependencies = {"slot", "json", "fhir", "access", "vendor", "line", "outbox", "database"})
@NullMarked
package fr.sas.hub.regulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
