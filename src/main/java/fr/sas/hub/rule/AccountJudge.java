package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges regulators' accounts (INT_R02): Practitioners that belong to no Schedule. */
final class AccountJudge {

    /** Such as {@code 3456780581/11242343}: a person acting for a structure. */
    private static final Pattern OF_A_STRUCTURE = Pattern.compile("3\\w{8,}/\\S+");

    private final Evidence evidence;

    AccountJudge(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Recognised by a declared profile, by its source, or by an identifier that no practitioner with a Schedule has. */
    static boolean isAccount(LocatedResource practitioner) {
        List<JsonNode> identifiers = LocatedResource.list(practitioner.at("identifier"));
        return practitioner.claims(FhirVocabulary.REGULATOR)
                || FhirVocabulary.PLATFORM_IDS.equals(
                        LocatedResource.textOf(practitioner.at("meta").path("source")))
                || identifiers.stream().anyMatch(AccountJudge::isOfAStructure)
                || (PersonJudge.candidates(practitioner).isEmpty()
                        && identifiers.stream()
                                .anyMatch(
                                        id -> LocatedResource.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL)));
    }

    private static boolean isOfAStructure(JsonNode identifier) {
        return OF_A_STRUCTURE.matcher(identifier.path("value").asText("")).matches();
    }

    void judge(LocatedResource account) {
        List<JsonNode> identifiers = LocatedResource.list(account.at("identifier"));
        String value = identifiers.isEmpty()
                ? null
                : LocatedResource.textOf(identifiers.getFirst().path("value"));
        if (evidence.demand(
                AccountRule.REGULATOR_ID,
                identifiers.size() == 1 && value != null,
                account,
                "identifier",
                identifiers.size() + " identifiers")) {
            judgeForm(account, identifiers.getFirst(), value);
        }
        evidence.demand(AccountRule.REGULATOR_ACTIVE, account.at("active").isBoolean(), account, "active", null);
        JsonNode name = account.at("name").path(0);
        evidence.demand(
                AccountRule.REGULATOR_NAME,
                account.at("name").size() == 1
                        && LocatedResource.isThere(name.path("family"))
                        && name.path("given").size() == 1
                        && LocatedResource.isThere(name.path("given").path(0)),
                account,
                "name",
                null);
        long emails = LocatedResource.list(account.at("telecom")).stream()
                .filter(point ->
                        point.path("system").asText().equals("email") && LocatedResource.isThere(point.path("value")))
                .count();
        evidence.demand(AccountRule.REGULATOR_EMAIL, emails == 1, account, "telecom", null);
        String source = LocatedResource.textOf(account.at("meta").path("source"));
        evidence.demand(
                AccountRule.REGULATOR_SOURCE,
                FhirVocabulary.PLATFORM_IDS.equals(source),
                account,
                "meta.source",
                source);
    }

    private void judgeForm(LocatedResource account, JsonNode identifier, @Nullable String value) {
        String system = identifier.path("system").asText();
        boolean right = switch (system) {
            case FhirVocabulary.PLATFORM_IDS ->
                isUuid(value) && LocatedResource.isCoded(identifier.path("type"), null, FhirVocabulary.INTERNAL);
            case FhirVocabulary.PRACTITIONER_IDS ->
                LocatedResource.isCoded(identifier.path("type"), null, FhirVocabulary.NATIONAL_PERSON);
            default -> false;
        };
        evidence.demand(
                AccountRule.REGULATOR_ID_FORM,
                right,
                account,
                "identifier",
                PersonJudge.describe(identifier) + " " + value);
    }

    static boolean isUuid(@Nullable String text) {
        try {
            return text != null && UUID.fromString(text.replaceFirst("(?i)^urn:uuid:", "")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
