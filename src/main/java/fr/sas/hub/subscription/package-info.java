/**
 * Who is notified of changes: {@code Subscription} in the shape of the R4 backport, delivered by the outbox
 * (docs/decisions/0076).
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "fhir",
            "json",
            "access",
            "access :: interaction",
            "database",
            "changes",
            "outbox",
            "search"
        })
@NullMarked
package fr.sas.hub.subscription;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
