/** The people who sign in: who they are here, which provider vouches for them, what they accepted. Never a password. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "access",
            "access :: door",
            "directory",
            "delegation",
            "mail",
            "outbox",
            "json",
            "database"
        })
@NullMarked
package fr.sas.hub.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
