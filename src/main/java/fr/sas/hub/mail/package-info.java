/**
 * Mails to people: queued in the outbox with the change that causes them, written from templates, handed to the mail
 * server (docs/decisions/0056).
 */
@ApplicationModule(allowedDependencies = {"access", "json", "outbox"})
@NullMarked
package fr.sas.hub.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
