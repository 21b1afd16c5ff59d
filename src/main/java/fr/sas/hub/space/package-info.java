/**
 * The personal space in a browser, as described in the guides. Pages only display; each first checks the table of
 * rights.
 */
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
            "index :: freshness",
            "explain",
        })
@NullMarked
package fr.sas.hub.space;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
