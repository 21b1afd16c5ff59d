/**
 * What leaves the hub for others: letters are put down in the transaction that causes them, carried by a route, tried
 * again, stopped, looked at (docs/decisions/0020).
 */
@ApplicationModule(allowedDependencies = {"access", "database"})
@NullMarked
package fr.sas.hub.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
