/** What vendors deliver by themselves: their resources, kept as theirs, and told onwards like an answer to a question. */
@ApplicationModule(
        allowedDependencies = {"slot", "json", "fhir", "directory", "vendor", "delivery", "asking", "access", "database"
        })
@NullMarked
package fr.sas.hub.push;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
