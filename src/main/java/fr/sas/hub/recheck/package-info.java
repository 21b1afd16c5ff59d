/** Is it still free? Asks vendors again: about one slot on request, and about samples to find ghosts. */
@ApplicationModule(
        allowedDependencies = {
            "access",
            "access :: interaction",
            "asking",
            "database",
            "delivery",
            "fhir",
            "index",
            "index :: freshness",
            "json",
            "slot",
            "vendor"
        })
@NullMarked
package fr.sas.hub.recheck;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
