/** What vendors delivered, as it came, for as long as it is kept. */
@ApplicationModule(allowedDependencies = {"database", "slot", "vendor"})
@NullMarked
package fr.sas.hub.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
