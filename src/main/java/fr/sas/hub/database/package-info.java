/**
 * The source of PostgreSQL: a configured database, or the embedded one in the data folder; and daily partitions for
 * growing tables.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
