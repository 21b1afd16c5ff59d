/** What searches answer, as files for readers of everything: editions of SMART Scheduling Links. */
@ApplicationModule(
        allowedDependencies = {
            "access",
            "access :: interaction",
            "changes",
            "database",
            "fhir",
            "index",
            "index :: news",
            "search",
            "slot"
        })
@NullMarked
package fr.sas.hub.publish;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
