package fr.sas.hub.intake;

import fr.sas.hub.rule.AnswerRule;
import org.hl7.fhir.r4.model.DomainResource;

/** What keeps any resource from being understood. */
final class Usable {

    private Usable() {}

    /** @param element of the entry that needs the resource */
    static void check(DomainResource resource, String element) throws BadEntry {
        if (resource.hasModifierExtension()) {
            throw new BadEntry(
                    AnswerRule.MODIFIER_EXTENSION,
                    element,
                    resource.fhirType() + " "
                            + resource.getModifierExtension().getFirst().getUrl());
        }
    }
}
