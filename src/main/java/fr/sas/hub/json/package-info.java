/** How JSON is read: what anybody may send costs no more than its length. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
