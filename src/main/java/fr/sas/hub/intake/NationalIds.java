package fr.sas.hub.intake;

import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;

/** National identifiers among those that a vendor sends, with or without prefix, system and type. */
final class NationalIds {

    private NationalIds() {}

    /** Best first: those of the national system, then those of no other. */
    static List<PractitionerId> ofPractitioner(Collection<Identifier> identifiers) {
        List<PractitionerId> ids = new ArrayList<>(2);
        List<PractitionerId> others = new ArrayList<>(0);
        for (Identifier identifier : identifiers) {
            if (FhirVocabulary.PRACTITIONER_IDS.equals(identifier.getSystem())) {
                PractitionerId.parse(identifier.getValue()).ifPresent(ids::add);
            } else if (!identifier.hasSystem() || isOfType(identifier, FhirVocabulary.NATIONAL_PERSON)) {
                PractitionerId.parse(identifier.getValue()).ifPresent(others::add);
            }
        }
        ids.addAll(others);
        return ids;
    }

    /** Of an Organization, or of a reference to one: everything but what says that it is the vendor's own. */
    static void ofOrganization(Collection<Identifier> identifiers, Collection<StructureId> ids) {
        for (Identifier identifier : identifiers) {
            if (!isOfType(identifier, FhirVocabulary.INTERNAL)) {
                StructureId.parse(identifier.getValue()).ifPresent(ids::add);
            }
        }
    }

    /** Of a Location: only what says that it is national, since vendors number their locations themselves. */
    static void ofLocation(Collection<Identifier> identifiers, Collection<StructureId> ids) {
        for (Identifier identifier : identifiers) {
            if (isOfType(identifier, FhirVocabulary.NATIONAL_STRUCTURE)
                    || (FhirVocabulary.STRUCTURE_IDS.equals(identifier.getSystem())
                            && !isOfType(identifier, FhirVocabulary.INTERNAL))) {
                StructureId.parse(identifier.getValue()).ifPresent(ids::add);
            }
        }
    }

    static boolean isOfType(Identifier identifier, String code) {
        if (!identifier.hasType()) {
            return false;
        }
        for (var coding : identifier.getType().getCoding()) {
            if (code.equals(coding.getCode())) {
                return true;
            }
        }
        return false;
    }
}
