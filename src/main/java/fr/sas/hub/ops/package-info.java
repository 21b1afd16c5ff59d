/**
 * The console: what is running, why a slot is (not) shown, and the levers; for users with role ops. No room imports it.
 */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "access",
            "access :: door",
            "database",
            "directory",
            "delivery",
            "health",
            "intake",
            "index",
            "index :: news",
            "explain",
            "replay",
            "appointment",
            "outbox",
            "help",
            "account"
        })
@NullMarked
package fr.sas.hub.ops;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
