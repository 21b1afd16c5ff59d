package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.Phones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges who somebody is: identifiers of people and structures, names, phones. */
final class PersonJudge {

    private static final Set<String> PHONE_SYSTEMS = Set.of("", "phone", "sms");

    private final Asked asked;
    private final Evidence evidence;
    private final AccountJudge accounts;

    PersonJudge(Asked asked, Evidence evidence) {
        this.asked = asked;
        this.evidence = evidence;
        this.accounts = new AccountJudge(evidence);
    }

    void judgePractitioner(Item practitioner) {
        if (AccountJudge.isAccount(practitioner)) {
            accounts.judge(practitioner);
            return;
        }
        List<JsonNode> candidates = candidates(practitioner);
        List<PractitionerId> ids = candidates.stream()
                .flatMap(id -> PractitionerId.parse(id.path("value").textValue()).stream())
                .toList();
        String said = candidates.isEmpty()
                ? null
                : candidates.getFirst().path("value").asText();
        if (evidence.demand(AgendaRule.NO_NATIONAL_ID, !ids.isEmpty(), practitioner, "identifier", said)) {
            judgeForm(practitioner, candidates);
            if (!asked.subjects().isEmpty()) {
                boolean wanted = ids.stream().anyMatch(asked.subjects()::contains);
                evidence.demand(
                        AgendaRule.NOT_ASKED_FOR,
                        wanted,
                        practitioner,
                        "identifier",
                        ids.getFirst().value());
            }
        }
        JsonNode name = practitioner.at("name").path(0);
        boolean named = Item.isThere(name.path("family"))
                && Item.isThere(name.path("given").path(0));
        evidence.demand(AgendaRule.NAME_MISSING, named, practitioner, "name", null);
    }

    /** Identifiers that may be national: of the national system, of none, or said to be national. */
    static List<JsonNode> candidates(Item practitioner) {
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode identifier : Item.list(practitioner.at("identifier"))) {
            String system = identifier.path("system").asText("");
            if (system.isEmpty()
                    || system.equals(FhirVocabulary.PRACTITIONER_IDS)
                    || Item.isCoded(identifier.path("type"), null, FhirVocabulary.NATIONAL_PERSON)) {
                candidates.add(identifier);
            }
        }
        return candidates;
    }

    private void judgeForm(Item practitioner, List<JsonNode> candidates) {
        for (JsonNode identifier : candidates) {
            String value = identifier.path("value").asText("").strip();
            PractitionerId id = PractitionerId.parse(value).orElse(null);
            if (id != null) {
                evidence.demand(
                        AgendaRule.PRACTITIONER_PREFIX, id.value().equals(value), practitioner, "identifier", value);
                boolean national = FhirVocabulary.PRACTITIONER_IDS.equals(
                                identifier.path("system").asText())
                        && Item.isCoded(
                                identifier.path("type"),
                                FhirVocabulary.IDENTIFIER_TYPES,
                                FhirVocabulary.NATIONAL_PERSON);
                evidence.demand(
                        AgendaRule.PRACTITIONER_ID_SYSTEM, national, practitioner, "identifier", said(identifier));
            }
        }
    }

    /** A structure's identifier where the guide wants one; its readable form, or null. */
    @Nullable
    StructureId judgeStructure(Item item, String element, JsonNode identifier) {
        String value = identifier.path("value").asText("").strip();
        StructureId id = StructureId.parse(value).orElse(null);
        if (!evidence.demand(AgendaRule.STRUCTURE_ID_UNREADABLE, id != null, item, element, value) || id == null) {
            return null;
        }
        evidence.demand(AgendaRule.STRUCTURE_PREFIX, id.value().equals(value), item, element, value);
        boolean national =
                FhirVocabulary.STRUCTURE_IDS.equals(identifier.path("system").asText())
                        && Item.isCoded(identifier.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
        evidence.demand(AgendaRule.STRUCTURE_ID_SYSTEM, national, item, element, said(identifier));
        return id;
    }

    static String said(JsonNode identifier) {
        String type =
                identifier.path("type").path("coding").path(0).path("code").asText("-");
        return identifier.path("system").asText("-") + " " + type;
    }

    /** The phones of an item, dialled from this zone. */
    void judgePhones(Item item, ZoneId zone) {
        JsonNode telecom = item.at("telecom");
        for (int i = 0; i < telecom.size(); i++) {
            JsonNode point = telecom.get(i);
            String number = point.path("value").asText("");
            if (PHONE_SYSTEMS.contains(point.path("system").asText("")) && !number.isEmpty()) {
                String element = "telecom[" + i + "].value";
                String certain = Phones.normalise(number, zone).orElse(null);
                if (evidence.demand(AgendaRule.PHONE_LEFT_OUT, certain != null, item, element, null)) {
                    evidence.demand(AgendaRule.PHONE_FORM, number.equals(certain), item, element, null);
                }
            }
        }
    }
}
