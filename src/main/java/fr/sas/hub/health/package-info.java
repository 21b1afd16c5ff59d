/** The state of each vendor: answering, silent, doubted, paused; and the levers to change it. */
@ApplicationModule(allowedDependencies = {"access", "asking", "line", "slot", "vendor"})
@NullMarked
package fr.sas.hub.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
