package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.fhir.SearchsetTotal;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.LocatedResource;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The pages of one answer as JSON trees, and whether anything indicates that it is incomplete. */
final class VendorPages {

    private static final Set<String> ERRORS = Set.of("error", "fatal");

    /** The codes of R4's IssueType are lower-case words. */
    private static final Pattern CODE = Pattern.compile("[a-z-]{1,30}");

    private final DeliveryFindings findings;
    private final List<JsonNode> pages = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<JsonNode> usable = new ArrayList<>();

    VendorPages(DeliveryFindings findings) {
        this.findings = findings;
    }

    void read(List<byte[]> bodies) {
        for (int i = 0; i < bodies.size(); i++) {
            pages.add(readPage(bodies.get(i), nameOf(i)));
        }
    }

    private static String nameOf(int page) {
        return page == 0 ? "" : "page " + (page + 1) + ": ";
    }

    private JsonNode readPage(byte[] body, String page) {
        JsonNode root;
        try {
            BoundedJson.Repaired read = BoundedJson.readRepairing(body);
            root = read.json();
            if (read.repaired()) {
                findings.add(AnswerRule.CHARACTER_REPLACED, page + "Bundle", null, null);
            }
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
        if (StorableJson.mayBeUnstorable(body)) {
            int i = 0;
            for (JsonNode entry : FhirShapes.items(root.path("entry"))) {
                repair(entry, page + "Bundle.entry[" + i++ + "]");
            }
        }
        return root;
    }

    /** Looks for what is wrong with the pages, once they are judged. */
    void examine(Judgement judgement) {
        for (int i = 0; i < pages.size(); i++) {
            AnswerRule broken = judgement.unusable().get(i);
            if (broken == null) {
                usable.add(pages.get(i));
                hearOutcomes(pages.get(i));
            } else {
                troubles.add(new Trouble(Kind.MALFORMED, nameOf(i) + sentenceOf(broken, pages.get(i))));
            }
        }
    }

    private static String sentenceOf(AnswerRule broken, JsonNode page) {
        return switch (broken) {
            case NOT_JSON -> "The body is not JSON, or is truncated";
            case NOT_A_BUNDLE ->
                "The answer is not a Bundle"
                        + (page.path("resourceType").asText().equals("OperationOutcome")
                                ? ", but an OperationOutcome"
                                : "");
            case NOT_A_SEARCHSET -> "The Bundle is not of type searchset";
            case IMPLICIT_RULES -> "The Bundle has implicitRules that the hub does not know";
            default -> "The Bundle has no list of entries";
        };
    }

    private void hearOutcomes(JsonNode page) {
        for (JsonNode entry : page.path("entry")) {
            JsonNode resource = entry.path("resource");
            if ("OperationOutcome".equals(LocatedResource.textOf(resource.path("resourceType")))) {
                hear(resource);
            }
        }
    }

    /** Keeps the entry's content except for characters that cannot be stored; references still resolve as before. */
    private void repair(JsonNode entry, String path) {
        String unstorable = StorableJson.firstUnstorable(entry);
        if (unstorable != null) {
            StorableJson.repair(entry);
            findings.add(AnswerRule.CHARACTER_REPLACED, path + unstorable, null, entry.path("resource"));
        }
    }

    /** Its text stays in the delivery: troubles are shown to anyone who searches, and the text may name people. */
    private void hear(JsonNode outcome) {
        for (JsonNode issue : outcome.path("issue")) {
            if (ERRORS.contains(issue.path("severity").asText())) {
                String code = issue.path("code").asText("");
                boolean known = CODE.matcher(code).matches();
                troubles.add(new Trouble(
                        Kind.VENDOR_ERROR, "The answer reports an error" + (known ? " (" + code + ")" : "")));
            }
        }
    }

    /** Slots that the usable pages announce but do not contain. */
    int missingSlots() {
        return SearchsetTotal.of(usable).missingSlots();
    }

    boolean hasUsablePage() {
        return !usable.isEmpty();
    }

    List<Trouble> troubles() {
        return troubles;
    }

    /** All pages in order, in the form the judge expects: missing nodes where there is no JSON. */
    List<JsonNode> pages() {
        return pages;
    }
}
