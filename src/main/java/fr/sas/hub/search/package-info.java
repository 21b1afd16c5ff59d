/** FHIR search and reads over the index, exactly as the SAS guide requires of vendors. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "fhir",
            "directory",
            "vendor",
            "participation",
            "index",
            "index :: news",
            "index :: freshness",
            "access",
            "access :: door",
            "access :: interaction",
            "database"
        })
@NullMarked
package fr.sas.hub.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
