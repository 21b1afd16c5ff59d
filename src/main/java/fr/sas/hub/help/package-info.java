/** Help for people: questions and answers, training documents, and what people ask when neither helps. */
@ApplicationModule(allowedDependencies = {"slot", "access", "account", "mail", "vendor"})
@NullMarked
package fr.sas.hub.help;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
