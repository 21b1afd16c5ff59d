package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges which CPTS a slot belongs to. */
final class CommunityJudge {

    private static final Pattern FINESS = Pattern.compile("1[0-9AB]{9}");

    private final Asked asked;
    private final Gathered gathered;
    private final Evidence evidence;
    private final PersonJudge people;

    CommunityJudge(Asked asked, Gathered gathered, Evidence evidence, PersonJudge people) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
    }

    /** @param only whether CPTS is its only audience */
    void judgeSlot(Item slot, boolean forCpts, boolean only) {
        int named = 0;
        int readable = 0;
        String lost = null;
        String element = "serviceType";
        List<JsonNode> concepts = Item.list(slot.at("serviceType"));
        for (int i = 0; i < concepts.size(); i++) {
            JsonNode concept = concepts.get(i);
            JsonNode reference = reference(concept);
            boolean coded = Item.isCoded(concept, FhirVocabulary.STRUCTURE_CATEGORIES, FhirVocabulary.CPTS_CATEGORY);
            if (coded || reference != null) {
                named++;
                evidence.demand(CommunityRule.CPTS_CATEGORY, coded, slot, "serviceType[" + i + "]", null);
                String missing = missing(slot, reference);
                readable += missing == null ? 1 : 0;
                lost = missing == null ? lost : missing;
                element = missing == null ? element : "serviceType[" + i + "]";
            }
        }
        if (named > 0) {
            evidence.demand(CommunityRule.CPTS_AUDIENCE, forCpts, slot, "meta.security", null);
            if (gathered.isWhole()) {
                boolean unusable = forCpts && only && readable == 0;
                evidence.demand(CommunityRule.CPTS_UNREADABLE, !unusable, slot, element, lost);
                evidence.demand(CommunityRule.CPTS_LEFT_OUT, unusable || lost == null, slot, element, lost);
            }
        } else if (forCpts && asked.kind() == Asked.Kind.CPTS) {
            evidence.demand(CommunityRule.CPTS_NOT_NAMED, false, slot, "serviceType", null);
        }
        if (forCpts && named > 0) {
            evidence.demand(CommunityRule.CPTS_NOT_NAMED, true, slot, "serviceType", null);
        }
    }

    private static @Nullable JsonNode reference(JsonNode concept) {
        for (JsonNode extension : concept.path("extension")) {
            if (FhirVocabulary.SERVICE_TYPE_REFERENCE.equals(
                    extension.path("url").asText())) {
                return extension.path("valueReference");
            }
        }
        return null;
    }

    /**
     * What is missing on the way from the slot to its CPTS; null when the way is whole. The search for practitioners'
     * slots (INT_R01) does not ask for HealthcareServices: their absence is no fault there.
     */
    private @Nullable String missing(Item slot, @Nullable JsonNode reference) {
        if (reference == null) {
            return "no reference to a HealthcareService";
        }
        Item service = gathered.follow(slot, reference, "HealthcareService");
        if (service == null) {
            return asked.kind() == Asked.Kind.CPTS ? reference.path("reference").asText("HealthcareService") : null;
        }
        JsonNode provider = service.at("providedBy");
        Item organization = gathered.follow(service, provider, "Organization");
        if (organization == null && !provider.has("identifier")) {
            return service.address() + " providedBy "
                    + provider.path("reference").asText("-");
        }
        List<JsonNode> identifiers =
                organization == null ? List.of(provider.path("identifier")) : Item.list(organization.at("identifier"));
        boolean known = identifiers.stream()
                .anyMatch(id -> StructureId.parse(id.path("value").textValue()).isPresent());
        return known ? null : "no FINESS of " + provider.path("reference").asText("the CPTS");
    }

    void judgeOrganization(Item organization) {
        if (asked.kind() != Asked.Kind.CPTS) {
            return;
        }
        List<JsonNode> identifiers = Item.list(organization.at("identifier"));
        JsonNode first = organization.at("identifier").path(0);
        String value = first.path("value").asText("");
        if (StructureId.parse(value).isPresent()) {
            boolean right = identifiers.size() == 1
                    && FINESS.matcher(value).matches()
                    && FhirVocabulary.STRUCTURE_IDS.equals(first.path("system").asText())
                    && Item.isCoded(first.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
            evidence.demand(
                    CommunityRule.CPTS_FINESS,
                    right,
                    organization,
                    "identifier",
                    PersonJudge.said(first) + " " + value);
        }
        people.judgePhones(organization, PlaceZones.MAINLAND);
    }
}
