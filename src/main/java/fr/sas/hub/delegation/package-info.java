/** Who may do what for whom: delegates of practitioners and health centres, managers of facilities, and the rights of every acting person. */
@ApplicationModule(allowedDependencies = {"slot", "access", "directory", "history", "mail", "database"})
@NullMarked
package fr.sas.hub.delegation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
