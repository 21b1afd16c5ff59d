/**
 * The guide's demands on vendors: every rule once, with its sentence, page, severity and examples, and the judge, which
 * applies them to FHIR JSON and decides what becomes of each slot (docs/decisions/0051). Intake rejects according to
 * its judgement, the conformance check fails on these rules, scorecards count them.
 */
@ApplicationModule(allowedDependencies = {"slot", "fhir", "directory"})
@NullMarked
package fr.sas.hub.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
