package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges regulators' accounts (INT_R02): Practitioners that belong to no agenda. */
final class AccountJudge {

    /** Such as {@code 3456780581/11242343}: a person acting for a structure. */
    private static final Pattern OF_A_STRUCTURE = Pattern.compile("3\\w{8,}/\\S+");

    private final Evidence evidence;

    AccountJudge(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Recognised by a declared profile, by its source, or by an identifier that no practitioner with an agenda has. */
    static boolean isAccount(Item practitioner) {
        List<JsonNode> identifiers = Item.list(practitioner.at("identifier"));
        return practitioner.claims(FhirVocabulary.REGULATOR)
                || FhirVocabulary.PLATFORM_IDS.equals(
                        Item.textOf(practitioner.at("meta").path("source")))
                || identifiers.stream().anyMatch(AccountJudge::isOfAStructure)
                || (PersonJudge.candidates(practitioner).isEmpty()
                        && identifiers.stream()
                                .anyMatch(id -> Item.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL)));
    }

    private static boolean isOfAStructure(JsonNode identifier) {
        return OF_A_STRUCTURE.matcher(identifier.path("value").asText("")).matches();
    }

    void judge(Item account) {
        List<JsonNode> identifiers = Item.list(account.at("identifier"));
        String value = identifiers.isEmpty()
                ? null
                : Item.textOf(identifiers.getFirst().path("value"));
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
                        && Item.isThere(name.path("family"))
                        && name.path("given").size() == 1
                        && Item.isThere(name.path("given").path(0)),
                account,
                "name",
                null);
        long emails = Item.list(account.at("telecom")).stream()
                .filter(point -> point.path("system").asText().equals("email") && Item.isThere(point.path("value")))
                .count();
        evidence.demand(AccountRule.REGULATOR_EMAIL, emails == 1, account, "telecom", null);
        String source = Item.textOf(account.at("meta").path("source"));
        evidence.demand(
                AccountRule.REGULATOR_SOURCE,
                FhirVocabulary.PLATFORM_IDS.equals(source),
                account,
                "meta.source",
                source);
    }

    private void judgeForm(Item account, JsonNode identifier, @Nullable String value) {
        String system = identifier.path("system").asText();
        boolean right = switch (system) {
            case FhirVocabulary.PLATFORM_IDS ->
                isUuid(value) && Item.isCoded(identifier.path("type"), null, FhirVocabulary.INTERNAL);
            case FhirVocabulary.PRACTITIONER_IDS ->
                Item.isCoded(identifier.path("type"), null, FhirVocabulary.NATIONAL_PERSON);
            default -> false;
        };
        evidence.demand(
                AccountRule.REGULATOR_ID_FORM,
                right,
                account,
                "identifier",
                PersonJudge.said(identifier) + " " + value);
    }

    static boolean isUuid(@Nullable String text) {
        try {
            return text != null && UUID.fromString(text.replaceFirst("(?i)^urn:uuid:", "")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
