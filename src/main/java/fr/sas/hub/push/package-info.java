/**
 * What vendors deliver of their own accord: their resources are stored as theirs, and passed on like the answer to a poll.
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "json",
            "fhir",
            "directory",
            "vendor",
            "delivery",
            "asking",
            "access",
            "access :: interaction",
            "database"
        })
@NullMarked
package fr.sas.hub.push;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
