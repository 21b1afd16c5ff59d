/**
 * What the hub sends to others: letters are queued in the transaction that causes them, delivered by a route, retried,
 * stopped, inspected (docs/decisions/0020).
 */
@ApplicationModule(allowedDependencies = {"access", "database", "slot"})
@NullMarked
package fr.sas.hub.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
