/** Is it still free? Asks vendors again: for one slot on request, and for samples that find ghosts. */
@ApplicationModule(
        allowedDependencies = {
            "access",
            "asking",
            "database",
            "delivery",
            "fhir",
            "health",
            "index",
            "json",
            "slot",
            "vendor"
        })
@NullMarked
package fr.sas.hub.recheck;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
