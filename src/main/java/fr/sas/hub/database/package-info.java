/**
 * The source of PostgreSQL: a configured database, or the embedded one in the data folder; daily partitions for
 * growing tables; and whether the database answers at the moment.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
