/** Vendors by their descriptors: who they are, how to talk to them, and operators' changes since. */
@ApplicationModule(allowedDependencies = {"database", "slot"})
@NullMarked
package fr.sas.hub.vendor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
