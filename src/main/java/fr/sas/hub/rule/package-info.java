/**
 * What the guide demands of vendors: every rule once, with its sentence, page, severity and examples, and the judge who
 * applies them to FHIR JSON and decides what becomes of each slot (docs/decisions/0051). Intake rejects as it says, the
 * conformance check fails by these rules, scorecards count them.
 */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "directory"})
@NullMarked
package fr.sas.hub.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
