/**
 * Tells vendors whether they conform: {@code $validate} for what they send, and the conformance check of their own
 * server by command or over HTTP. The rules are those of the room {@code rule}.
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "json",
            "fhir",
            "rule",
            "vendor",
            "line",
            "asking",
            "access",
            "access :: interaction"
        })
@NullMarked
package fr.sas.hub.verdict;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
