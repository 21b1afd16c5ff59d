/** The console: what runs, why a slot is (not) shown, and the levers; for people of role ops. Nobody imports it. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "fhir",
            "access",
            "database",
            "directory",
            "rule",
            "connector",
            "intake",
            "participation",
            "agenda",
            "index",
            "appointment",
            "outbox"
        })
@NullMarked
package fr.sas.hub.ops;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
