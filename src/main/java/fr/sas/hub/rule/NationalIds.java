package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** National identifiers among those that a vendor sends, with or without prefix, system and type. */
final class NationalIds {

    private NationalIds() {}

    /** Identifiers that may be a practitioner's: of the national system, of none, or said to be national. */
    static boolean mayBeOfPractitioner(JsonNode identifier) {
        String system = identifier.path("system").asText("");
        return system.isEmpty()
                || system.equals(FhirVocabulary.PRACTITIONER_IDS)
                || isOfType(identifier, FhirVocabulary.NATIONAL_PERSON);
    }

    /** Best first: those of the national system, then those of no other. */
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

    /** Of an Organization, or of a reference to one: everything but what says that it is the vendor's own. */
    static void ofOrganization(Iterable<JsonNode> identifiers, Collection<StructureId> ids) {
        for (JsonNode identifier : identifiers) {
            if (!isOfType(identifier, FhirVocabulary.INTERNAL)) {
                StructureId.parse(identifier.path("value").textValue()).ifPresent(ids::add);
            }
        }
    }

    /** Of a Location: only what says that it is national, since vendors number their locations themselves. */
    static void ofLocation(Iterable<JsonNode> identifiers, Collection<StructureId> ids) {
        for (JsonNode identifier : identifiers) {
            if (saysNational(identifier)) {
                StructureId.parse(identifier.path("value").textValue()).ifPresent(ids::add);
            }
        }
    }

    /** Whether an identifier is said to be a structure's national one. */
    static boolean saysNational(JsonNode identifier) {
        return isOfType(identifier, FhirVocabulary.NATIONAL_STRUCTURE)
                || (FhirVocabulary.STRUCTURE_IDS.equals(
                                identifier.path("system").asText())
                        && !isOfType(identifier, FhirVocabulary.INTERNAL));
    }

    static boolean isOfType(JsonNode identifier, String code) {
        return Item.isCoded(identifier.path("type"), null, code);
    }
}
