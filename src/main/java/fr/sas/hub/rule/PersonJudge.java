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

/** Judges identity: identifiers of people and structures, names, phones. */
final class PersonJudge {

    private static final Set<String> PHONE_SYSTEMS = Set.of("", "phone", "sms");

    private final AnswerContext asked;
    private final boolean inAnswer;
    private final Evidence evidence;
    private final CurrentValues currentValues;
    private final AccountJudge accounts;

    /** @param inAnswer whether the resource came in the answer to a search, where regulators' accounts do not occur */
    PersonJudge(AnswerContext asked, boolean inAnswer, Evidence evidence) {
        this.asked = asked;
        this.inAnswer = inAnswer;
        this.evidence = evidence;
        this.currentValues = new CurrentValues(asked.now());
        this.accounts = new AccountJudge(evidence);
    }

    void judgePractitioner(LocatedResource practitioner) {
        if (!inAnswer && AccountJudge.isAccount(practitioner)) {
            accounts.judge(practitioner);
            return;
        }
        judgeActive(practitioner);
        List<JsonNode> candidates =
                candidates(practitioner).stream().filter(this::isInUse).toList();
        List<PractitionerId> ids = NationalIds.ofPractitioner(candidates);
        String said = candidates.isEmpty()
                ? null
                : candidates.getFirst().path("value").asText();
        if (evidence.demand(ScheduleRule.NO_NATIONAL_ID, !ids.isEmpty(), practitioner, "identifier", said)) {
            judgeForm(practitioner, candidates);
            evidence.demand(
                    ScheduleRule.NOT_ASKED_FOR,
                    ids.stream().anyMatch(asked::isFor),
                    practitioner,
                    "identifier",
                    ids.getFirst().value());
        }
        boolean named = LocatedResource.list(practitioner.at("name")).stream()
                .filter(this::isInUse)
                .anyMatch(name -> LocatedResource.isThere(name.path("family"))
                        && LocatedResource.isThere(name.path("given").path(0)));
        evidence.demand(ScheduleRule.NAME_MISSING, named, practitioner, "name", null);
    }

    void judgeActive(LocatedResource item) {
        evidence.demand(ScheduleRule.INACTIVE, !item.isFalse("active"), item, "active", item.address());
    }

    /** Whether a name, phone number, address or identifier is neither marked as old nor expired. */
    boolean isInUse(JsonNode element) {
        return currentValues.holds(element);
    }

    /** Identifiers that may be national: with the national system, no system, or a type marking them as national. */
    static List<JsonNode> candidates(LocatedResource practitioner) {
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode identifier : practitioner.at("identifier")) {
            if (NationalIds.mayBeOfPractitioner(identifier)) {
                candidates.add(identifier);
            }
        }
        return candidates;
    }

    private void judgeForm(LocatedResource practitioner, List<JsonNode> candidates) {
        for (JsonNode identifier : candidates) {
            String value = identifier.path("value").asText("").strip();
            PractitionerId id = PractitionerId.parse(value).orElse(null);
            if (id != null) {
                evidence.demand(
                        ScheduleRule.PRACTITIONER_PREFIX, id.value().equals(value), practitioner, "identifier", value);
                boolean national = FhirVocabulary.PRACTITIONER_IDS.equals(
                                identifier.path("system").asText())
                        && LocatedResource.isCoded(
                                identifier.path("type"),
                                FhirVocabulary.IDENTIFIER_TYPES,
                                FhirVocabulary.NATIONAL_PERSON);
                evidence.demand(
                        ScheduleRule.PRACTITIONER_ID_SYSTEM,
                        national,
                        practitioner,
                        "identifier",
                        describe(identifier));
            }
        }
    }

    /** A structure's identifier where the guide requires one, in parsed form; null when unreadable. */
    @Nullable
    StructureId judgeStructure(LocatedResource item, String element, JsonNode identifier) {
        String value = identifier.path("value").asText("").strip();
        StructureId id = StructureId.parse(value).orElse(null);
        if (!evidence.demand(ScheduleRule.STRUCTURE_ID_UNREADABLE, id != null, item, element, value) || id == null) {
            return null;
        }
        evidence.demand(ScheduleRule.STRUCTURE_PREFIX, id.value().equals(value), item, element, value);
        boolean national =
                FhirVocabulary.STRUCTURE_IDS.equals(identifier.path("system").asText())
                        && LocatedResource.isCoded(identifier.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
        evidence.demand(ScheduleRule.STRUCTURE_ID_SYSTEM, national, item, element, describe(identifier));
        return id;
    }

    static String describe(JsonNode identifier) {
        String type =
                identifier.path("type").path("coding").path(0).path("code").asText("-");
        return identifier.path("system").asText("-") + " " + type;
    }

    /** The phones of an item, as dialled from this zone. */
    void judgePhones(LocatedResource item, ZoneId zone) {
        JsonNode telecom = item.at("telecom");
        for (int i = 0; i < telecom.size(); i++) {
            JsonNode point = telecom.get(i);
            String number = point.path("value").asText("");
            if (PHONE_SYSTEMS.contains(point.path("system").asText("")) && !number.isEmpty() && isInUse(point)) {
                String element = "telecom[" + i + "].value";
                String certain = Phones.normalise(number, zone).orElse(null);
                if (evidence.demand(ScheduleRule.PHONE_LEFT_OUT, certain != null, item, element, null)
                        && certain != null) {
                    evidence.demand(ScheduleRule.PHONE_BLOCK, Phones.isOfKnownBlock(certain), item, element, null);
                    evidence.demand(ScheduleRule.PHONE_FORM, number.equals(certain), item, element, null);
                }
            }
        }
    }
}
