/** The personal space: what the guides describe, in a browser. Pages only show; each asks the table of rights first. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "access",
            "directory",
            "rule",
            "vendor",
            "history",
            "delegation",
            "account",
            "participation",
            "agenda",
            "agenda :: entry",
            "agenda :: feed",
            "agenda :: hours",
            "agenda :: place",
            "agenda :: week",
            "index",
            "explain",
            "appointment"
        })
@NullMarked
package fr.sas.hub.space;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
