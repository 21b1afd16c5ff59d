/** How JSON is read: processing cost never exceeds what the input's length justifies. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
