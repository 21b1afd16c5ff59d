/**
 * What the guide demands of vendors: every rule once, with its sentence, page, severity and examples, and the judge who
 * applies them to FHIR JSON. Intake rejects by these rules, the conformance check fails by them, scorecards count them.
 */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "directory"})
@NullMarked
package fr.sas.hub.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
