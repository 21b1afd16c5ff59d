/** What became of vendors' deliveries, and processing them again: first as a rehearsal, then for real. */
@ApplicationModule(allowedDependencies = {"slot", "access", "rule", "vendor", "delivery", "intake", "index", "explain"})
@NullMarked
package fr.sas.hub.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
