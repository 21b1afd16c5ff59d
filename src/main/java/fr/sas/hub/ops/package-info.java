/** What ops ask and do: why a slot is shown or not, what came of deliveries, vendors' ghosts; the right end of the hub. */
@ApplicationModule(
        allowedDependencies = {"slot", "fhir", "connector", "intake", "participation", "agenda", "index", "access", "database"})
@NullMarked
package fr.sas.hub.ops;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
