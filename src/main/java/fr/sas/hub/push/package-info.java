/** What vendors deliver by themselves: their resources, kept as theirs, and told onwards like an answer to a question. */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "directory", "connector", "access", "database"})
@NullMarked
package fr.sas.hub.push;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
