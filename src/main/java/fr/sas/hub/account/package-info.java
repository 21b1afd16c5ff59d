/** The people who sign in: who they are here, at which provider they show it, what they accepted. Never a password. */
@ApplicationModule(
        allowedDependencies = {"slot", "access", "directory", "delegation", "mail", "outbox", "json", "database"})
@NullMarked
package fr.sas.hub.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
