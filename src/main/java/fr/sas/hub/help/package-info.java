/** Help for people: questions and answers, training documents, and the requests they send if neither helps. */
@ApplicationModule(allowedDependencies = {"slot", "access", "account", "database", "mail", "vendor"})
@NullMarked
package fr.sas.hub.help;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
