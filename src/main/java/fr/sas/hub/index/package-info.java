/** The one list of available slots: merges, ages and expires them, and stores what it serves ready to write. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "directory",
            "vendor",
            "asking",
            "participation",
            "agenda :: place",
            "database",
            "kafka"
        })
@NullMarked
package fr.sas.hub.index;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
