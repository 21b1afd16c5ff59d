/** Why a slot is shown or not, now or at an instant in the past: what the index knows, and what never got there. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "access",
            "rule",
            "delivery",
            "asking",
            "intake",
            "participation",
            "index",
            "index :: freshness"
        })
@NullMarked
package fr.sas.hub.explain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
