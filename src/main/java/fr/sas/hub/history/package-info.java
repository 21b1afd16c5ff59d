/**
 * Every change of settings, agendas and delegations with who, when, before and after; stored apart from the current
 * state.
 */
@ApplicationModule(allowedDependencies = {"slot", "access", "database", "directory"})
@NullMarked
package fr.sas.hub.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
