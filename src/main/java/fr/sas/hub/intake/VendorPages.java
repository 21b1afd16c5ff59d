package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.rule.AnswerRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the pages of one answer as JSON trees, with texts that can be stored. */
final class VendorPages {

    private final DeliveryFindings findings;

    /** @param findings receives what had to be replaced */
    VendorPages(DeliveryFindings findings) {
        this.findings = findings;
    }

    /** All pages in order, in the form the judge expects: missing nodes where there is no JSON. */
    List<JsonNode> read(List<byte[]> bodies) {
        List<JsonNode> pages = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            pages.add(readPage(bodies.get(i), i == 0 ? "" : "page " + (i + 1) + ": "));
        }
        return pages;
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

    /** Keeps the entry's content except for characters that cannot be stored; references still resolve as before. */
    private void repair(JsonNode entry, String path) {
        String unstorable = StorableJson.firstUnstorable(entry);
        if (unstorable != null) {
            StorableJson.repair(entry);
            findings.add(AnswerRule.CHARACTER_REPLACED, path + unstorable, null, entry.path("resource"));
        }
    }
}
