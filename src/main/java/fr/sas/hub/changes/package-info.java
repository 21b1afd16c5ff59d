/**
 * What changed in the answers of searches, in order, for consumers that follow changes instead of searching again
 * (docs/decisions/0075).
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "fhir",
            "index",
            "index :: news",
            "search",
            "access",
            "access :: interaction",
            "database",
            "kafka"
        })
@NullMarked
package fr.sas.hub.changes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
