/** Turns what a vendor delivered into slots we trust, or into a rejection that says why. Called by routes/. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "json",
            "fhir",
            "directory",
            "rule",
            "vendor",
            "delivery",
            "asking",
            "access",
            "database"
        })
@NullMarked
package fr.sas.hub.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
