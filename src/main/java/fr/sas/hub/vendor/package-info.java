/** Vendors by their descriptors: who they are, how they want to be spoken to, and what operators said of them since. */
@ApplicationModule(allowedDependencies = "slot")
@NullMarked
package fr.sas.hub.vendor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
