/** Mails to people: put into the outbox with what causes them, written from templates, given to the mail server (docs/decisions/0056). */
@ApplicationModule(allowedDependencies = {"access", "json", "outbox"})
@NullMarked
package fr.sas.hub.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
