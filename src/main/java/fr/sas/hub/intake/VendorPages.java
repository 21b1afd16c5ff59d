package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages of one answer as JSON trees, and whether anything indicates that it is incomplete. */
final class VendorPages {

    private static final Set<String> ERRORS = Set.of("error", "fatal");

    /** The codes of R4's IssueType are lower-case words. */
    private static final Pattern CODE = Pattern.compile("[a-z-]{1,30}");

    private final Findings findings;
    private final List<JsonNode> pages = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private int readable;
    private int entries;
    private int slotEntries;
    private int scheduleEntries;
    private int unreadable;
    private @Nullable Integer total;

    VendorPages(Findings findings) {
        this.findings = findings;
    }

    void read(List<byte[]> bodies) {
        for (int i = 0; i < bodies.size(); i++) {
            readPage(bodies.get(i), i == 0 ? "" : "page " + (i + 1) + ": ");
        }
    }

    private void readPage(byte[] body, String page) {
        JsonNode root;
        try {
            BoundedJson.Repaired read = BoundedJson.readRepairing(body);
            root = read.json();
            if (read.repaired()) {
                findings.add(AnswerRule.CHARACTER_REPLACED, page + "Bundle", null, null);
            }
        } catch (IOException e) {
            troubles.add(new Trouble(Kind.MALFORMED, page + "The body is not JSON, or is truncated"));
            pages.add(MissingNode.getInstance());
            return;
        }
        pages.add(root);
        String trouble = troubleOf(root);
        if (trouble != null) {
            troubles.add(new Trouble(Kind.MALFORMED, page + trouble));
            return;
        }
        readable++;
        if (root.path("total").canConvertToInt()) {
            int said = root.path("total").asInt();
            total = total == null ? said : Math.max(total, said);
        }
        boolean careful = StorableJson.mayBeUnstorable(body);
        JsonNode array = root.path("entry");
        for (int i = 0; i < array.size(); i++) {
            JsonNode entry = array.get(i);
            if (careful) {
                repair(entry, page + "Bundle.entry[" + i + "]");
            }
            count(entry.path("resource"));
        }
    }

    /** Why it is not a page of an answer; null if it is one. */
    private static @Nullable String troubleOf(JsonNode root) {
        String type = root.path("resourceType").asText();
        if (!type.equals("Bundle")) {
            return "The answer is not a Bundle" + (type.equals("OperationOutcome") ? ", but an OperationOutcome" : "");
        }
        if (!root.path("type").asText().equals("searchset")) {
            return "The Bundle is not of type searchset";
        }
        return root.has("implicitRules") ? "The Bundle has implicitRules that the hub does not know" : null;
    }

    /** Keeps the entry's content except for characters that cannot be stored; references still resolve as before. */
    private void repair(JsonNode entry, String path) {
        String unstorable = StorableJson.firstUnstorable(entry);
        if (unstorable != null) {
            StorableJson.repair(entry);
            findings.add(AnswerRule.CHARACTER_REPLACED, path + unstorable, null, entry.path("resource"));
        }
    }

    private void count(JsonNode resource) {
        entries++;
        switch (resource instanceof ObjectNode ? resource.path("resourceType").asText() : "") {
            case "" -> unreadable++;
            case "Slot" -> slotEntries++;
            case "Schedule" -> scheduleEntries++;
            case "OperationOutcome" -> hear(resource);
            default -> {}
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

    /**
     * Slots announced by the Bundle's total but missing from it; 0 if the numbers agree or the difference is explained.
     */
    int missingSlots(boolean totalCountsEverything) {
        int found = slotEntries + unreadable;
        if (total == null || total <= found || totalCountsEverything || total == entries || total == scheduleEntries) {
            return 0;
        }
        return total - found;
    }

    boolean hasReadablePage() {
        return readable > 0;
    }

    boolean areReadable() {
        return readable == pages.size();
    }

    List<Trouble> troubles() {
        return troubles;
    }

    /** All pages in order, in the form the judge expects: missing nodes where there is no JSON. */
    List<JsonNode> pages() {
        return pages;
    }
}
