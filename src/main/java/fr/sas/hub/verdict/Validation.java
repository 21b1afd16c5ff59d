package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirProfiles;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.rule.AnswerContext;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.rule.Tolerances;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The answer of {@code $validate} about a resource: the guide's rules first, then the profiles, as an OperationOutcome.
 */
@Component
class Validation {

    /** The profiles that resources of a type must satisfy besides those they claim. */
    private static final Map<String, String> ACCEPTED = Map.of(
            "Slot", FhirVocabulary.HUB + "StructureDefinition/hub-slot",
            "Schedule", FhirVocabulary.HUB + "StructureDefinition/hub-schedule",
            "PractitionerRole", FhirVocabulary.HUB + "StructureDefinition/hub-practitioner-role",
            "Appointment", FhirVocabulary.ACCEPTED_APPOINTMENT);

    /** The same for CPTS and SOS Médecins. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "Slot", FhirVocabulary.HUB + "StructureDefinition/hub-cpts-slot",
            "Schedule", FhirVocabulary.HUB + "StructureDefinition/hub-sos-schedule");

    private static final int MOST_ISSUES = 1_000;
    /** FHIR's validator takes 23 s for 1,000 slots with one fault each, 98 s for 2,000. */
    private static final int MOST_ENTRIES = 1_000;

    private static final int MOST_FINDINGS = 500;

    private final FhirProfiles profiles;
    private final Clock clock;

    Validation(FhirProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * @param profile canonical URL to validate against; null for those of its type and those it claims
     * @param agreed with the vendor that asks
     */
    byte[] outcome(ObjectNode resource, @Nullable String profile, Tolerances agreed, ReportLanguage tongue) {
        List<OutcomeIssue> issues = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(
                Judge.resource(resource, clock.instant(), agreed).findings());
        String json = resource.toString();
        if (isBearable(resource, json, findings.size())) {
            findings.addAll(ofProfiles(json, profile != null ? profile : profileOf(resource)));
        } else {
            issues.add(
                    OutcomeIssue.remark(
                            tongue.say(
                                    "Too large for the profiles: checked against the rules only; fix what they "
                                            + "report, or send fewer entries",
                                    "Trop pour les profils : seules les règles sont vérifiées ; corrigez ce qu'elles relèvent, ou envoyez moins d'entrées")));
        }
        findings.stream()
                .limit(MOST_ISSUES)
                .map(finding -> issue(finding, tongue))
                .forEach(issues::add);
        if (findings.isEmpty()) {
            issues.add(OutcomeIssue.remark(tongue.say("No issues found", "Rien à redire")));
        }
        return OutcomeIssue.outcome(issues)
                .put("language", tongue.code())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** If thousands of entries are wrong, the profiles would spend minutes repeating it. */
    private static boolean isBearable(ObjectNode resource, String json, int findings) {
        return json.getBytes(StandardCharsets.UTF_8).length <= FhirProfiles.LARGEST_CHECKED
                && resource.path("entry").size() <= MOST_ENTRIES
                && findings <= MOST_FINDINGS;
    }

    private List<Finding> ofProfiles(String json, String profile) {
        List<Finding> findings = new ArrayList<>();
        for (FhirProfiles.Finding said : profiles.check(json, profile)) {
            Rule rule =
                    said.severity() == FhirProfiles.Severity.ERROR ? AnswerRule.PROFILE : AnswerRule.PROFILE_WARNING;
            findings.add(new Finding(rule, said.path(), said.sentence(), null));
        }
        return findings;
    }

    private static String profileOf(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        if (type.equals("Bundle")) {
            return switch (Judge.kindOf(resource)) {
                case INDIVIDUAL -> FhirVocabulary.ACCEPTED_BUNDLE;
                case CPTS -> FhirVocabulary.ACCEPTED_CPTS_BUNDLE;
                case SOS -> FhirVocabulary.ACCEPTED_SOS_BUNDLE;
            };
        }
        boolean individual = Judge.kindOf(resource) == AnswerContext.Kind.INDIVIDUAL;
        Map<String, String> accepted = individual ? ACCEPTED : ELSEWHERE;
        return accepted.getOrDefault(type, "http://hl7.org/fhir/StructureDefinition/" + type);
    }

    private static OutcomeIssue issue(Finding finding, ReportLanguage tongue) {
        Rule rule = finding.rule();
        return new OutcomeIssue(
                severity(rule),
                code(rule),
                FhirVocabulary.RULES,
                rule.id(),
                tongue.rule(rule),
                finding.value(),
                finding.path().isBlank() ? null : expression(finding.path()),
                rule.demand().page().url());
    }

    /** The profiles' mere advice is often about code lists that are not available. */
    private static String severity(Rule rule) {
        return rule == AnswerRule.PROFILE_WARNING
                ? "information"
                : rule.severity().fails() ? "error" : "warning";
    }

    private static String code(Rule rule) {
        return switch (rule.demand().topic()) {
            case REFERENCES -> "not-found";
            case CARDINALITIES -> "required";
            case IDENTIFIERS, PHONES, DATES, CODES -> "value";
            case PROFILES -> "structure";
            default -> rule.severity() == Severity.WITHHELD ? "informational" : "business-rule";
        };
    }

    /** FHIRPath: without the page that a path may begin with. */
    private static String expression(String path) {
        int page = path.indexOf(": ");
        return page < 0 ? path : path.substring(page + 2);
    }
}
