package fr.sas.hub.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one answer, taken apart: JSON once, then HAPI entry by entry, so that one bad entry costs only itself and
 * every finding knows its path.
 */
final class VendorPages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WANTED = Set.of(
            "Slot",
            "Schedule",
            "Practitioner",
            "PractitionerRole",
            "Location",
            "Organization",
            "HealthcareService",
            "OperationOutcome");

    private final IJsonLikeParser parser;
    private final ParserComplaints complaints;
    private final Findings findings;
    private final List<Entry> slots = new ArrayList<>();
    private final References references;
    private final List<Trouble> troubles = new ArrayList<>();
    private int readable;
    private int entries;
    private int slotEntries;
    private int scheduleEntries;
    private int unreadable;
    private @Nullable Integer total;

    VendorPages(FhirContext fhir, Findings findings) {
        this.findings = findings;
        this.complaints = new ParserComplaints(findings);
        IParser json = fhir.newJsonParser();
        json.setParserErrorHandler(complaints);
        this.parser = (IJsonLikeParser) json;
        this.references = new References(findings);
    }

    void read(List<byte[]> pages) {
        for (int i = 0; i < pages.size(); i++) {
            readPage(pages.get(i), i == 0 ? "" : "page " + (i + 1) + ": ");
            references.nextPage();
        }
    }

    private void readPage(byte[] body, String page) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            troubles.add(new Trouble(Kind.MALFORMED, page + "The body is not JSON, or breaks off"));
            return;
        }
        if (root == null || !root.path("resourceType").asText().equals("Bundle")) {
            troubles.add(new Trouble(Kind.MALFORMED, page + "The answer is not a Bundle" + butWhat(root)));
            return;
        }
        if (!root.path("type").asText().equals("searchset")) {
            troubles.add(new Trouble(Kind.MALFORMED, page + "The Bundle is not of type searchset"));
            return;
        }
        readable++;
        if (root.path("total").canConvertToInt()) {
            int said = root.path("total").asInt();
            total = total == null ? said : Math.max(total, said);
        }
        JsonNode array = root.path("entry");
        for (int i = 0; i < array.size(); i++) {
            readEntry(array.get(i), page + "Bundle.entry[" + i + "].resource");
        }
    }

    private void readEntry(JsonNode entry, String path) {
        entries++;
        if (!(entry.path("resource") instanceof ObjectNode json)
                || json.path("resourceType").asText().isBlank()) {
            unreadable++;
            findings.add(AnswerRule.ENTRY_WITHOUT_RESOURCE, path, null, entry);
            return;
        }
        String type = json.path("resourceType").asText();
        if (!WANTED.contains(type)) {
            findings.add(AnswerRule.UNEXPECTED_RESOURCE, path, type, null);
            return;
        }
        slotEntries += type.equals("Slot") ? 1 : 0;
        scheduleEntries += type.equals("Schedule") ? 1 : 0;
        complaints.at(path, json);
        Resource resource;
        try {
            JacksonStructure structure = new JacksonStructure();
            structure.setNativeObject(json);
            resource = (Resource) parser.parseResource(structure);
        } catch (RuntimeException e) {
            findings.add(AnswerRule.UNREADABLE_ENTRY, path, plainWords(e), json);
            return;
        }
        String fullUrl = entry.path("fullUrl").asText("");
        Entry read = new Entry(path, fullUrl.isBlank() ? null : fullUrl, resource, json);
        switch (type) {
            case "Slot" -> slots.add(read);
            case "OperationOutcome" -> hear((OperationOutcome) resource);
            default -> references.add(read);
        }
    }

    /** Its text stays in the delivery: troubles are told to whoever searches, and it may name people. */
    private void hear(OperationOutcome outcome) {
        for (var issue : outcome.getIssue()) {
            if (issue.getSeverity() == OperationOutcome.IssueSeverity.ERROR
                    || issue.getSeverity() == OperationOutcome.IssueSeverity.FATAL) {
                String code =
                        issue.getCode() == null ? "" : " (" + issue.getCode().toCode() + ")";
                troubles.add(new Trouble(Kind.VENDOR_ERROR, "The answer reports an error" + code));
            }
        }
    }

    private static String butWhat(@Nullable JsonNode root) {
        boolean outcome = root != null && root.path("resourceType").asText().equals("OperationOutcome");
        return outcome ? ", but an OperationOutcome" : "";
    }

    private static String plainWords(RuntimeException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.startsWith("HAPI-")
                ? message.substring(message.indexOf(':') + 1).strip()
                : message;
    }

    /** Slots that the Bundle's total promises and that are nowhere in it; 0 when the numbers agree or explain themselves. */
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

    List<Trouble> troubles() {
        return troubles;
    }

    List<Entry> slots() {
        return slots;
    }

    References references() {
        return references;
    }
}
