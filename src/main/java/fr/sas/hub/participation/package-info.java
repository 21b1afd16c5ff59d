/**
 * Practitioners' settings: may this slot be shown, and if not, why. A refusal is obeyed in the transaction that records
 * it.
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "directory",
            "vendor",
            "asking",
            "access",
            "database",
            "history",
            "agenda :: hours"
        })
@NullMarked
package fr.sas.hub.participation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
