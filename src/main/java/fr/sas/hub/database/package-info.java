/**
 * Where PostgreSQL comes from: an address given by the operator, or the embedded one kept in the data folder; and how
 * tables that grow are kept in days.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
