/**
 * Bookings, sent to the regulators' dispatch software (LRM) through the Hub Santé over AMQP (INT_L02;
 * docs/decisions/0021).
 */
@ApplicationModule(
        allowedDependencies = {"access", "appointment", "database", "directory", "outbox", "regulator", "json", "slot"})
@NullMarked
package fr.sas.hub.lrm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
