package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds national identifiers among those a vendor sends, with or without prefix, system and type. */
final class NationalIds {

    private NationalIds() {}

    /** Whether it may be a practitioner's: it has the national system, no system, or a type marking it as national. */
    static boolean mayBeOfPractitioner(JsonNode identifier) {
        String system = identifier.path("system").asText("");
        return system.isEmpty()
                || system.equals(FhirVocabulary.PRACTITIONER_IDS)
                || isOfType(identifier, FhirVocabulary.NATIONAL_PERSON);
    }

    /** Best first: those with the national system, then the others. */
    static List<PractitionerId> ofPractitioner(Collection<JsonNode> identifiers) {
        List<PractitionerId> ids = new ArrayList<>(2);
        List<PractitionerId> others = new ArrayList<>(0);
        for (JsonNode identifier : identifiers) {
            if (mayBeOfPractitioner(identifier)) {
                boolean national = FhirVocabulary.PRACTITIONER_IDS.equals(
                        identifier.path("system").asText());
                PractitionerId.parse(identifier.path("value").textValue()).ifPresent((national ? ids : others)::add);
            }
        }
        ids.addAll(others);
        return ids;
    }

    /** For an Organization, or a reference to one: all identifiers except those marked as the vendor's own. */
    static void ofOrganization(Iterable<JsonNode> identifiers, Collection<StructureId> ids) {
        for (JsonNode identifier : identifiers) {
            if (!isOfType(identifier, FhirVocabulary.INTERNAL)) {
                StructureId.parse(identifier.path("value").textValue()).ifPresent(ids::add);
            }
        }
    }

    /** For a Location: only identifiers marked as national, since vendors number their locations themselves. */
    static void ofLocation(Iterable<JsonNode> identifiers, Collection<StructureId> ids) {
        for (JsonNode identifier : identifiers) {
            if (saysNational(identifier)) {
                StructureId.parse(identifier.path("value").textValue()).ifPresent(ids::add);
            }
        }
    }

    /** Whether an identifier is marked as a structure's national one. */
    static boolean saysNational(JsonNode identifier) {
        return isOfType(identifier, FhirVocabulary.NATIONAL_STRUCTURE)
                || (FhirVocabulary.STRUCTURE_IDS.equals(
                                identifier.path("system").asText())
                        && !isOfType(identifier, FhirVocabulary.INTERNAL));
    }

    static boolean isOfType(JsonNode identifier, String code) {
        return LocatedResource.isCoded(identifier.path("type"), null, code);
    }
}
