package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;
import java.util.Locale;

/** A machine-readable report, in both languages. */
final class JsonReport {

    private JsonReport() {}

    static String write(CheckReport report) {
        ObjectNode root = CheckRequests.JSON
                .createObjectNode()
                .put("baseUrl", report.base().toString())
                .put("at", report.at().toString())
                .put("tookMillis", report.took().toMillis())
                .put("requests", report.requests())
                .put("reachable", report.reachable())
                .put("passed", report.isPassed());
        ObjectNode counts = root.putObject("counts");
        for (Status status : Status.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), report.count(status));
        }
        ArrayNode checks = root.putArray("checks");
        report.results().forEach(result -> append(checks.addObject(), result));
        return root.toPrettyString() + "\n";
    }

    private static void append(ObjectNode check, Result result) {
        check.put("id", result.rule().id())
                .put("topic", result.rule().demand().topic().english())
                .put("status", result.status().name().toLowerCase(Locale.ROOT))
                .put("severity", result.rule().severity().name().toLowerCase(Locale.ROOT))
                .put("sentence", result.rule().demand().english())
                .put("phrase", result.rule().demand().french())
                .put("page", result.rule().demand().page().title())
                .put("pageUrl", result.rule().demand().page().url())
                .put("count", result.count());
        ArrayNode examples = check.putArray("examples");
        for (Finding finding : result.examples()) {
            examples.addObject()
                    .put("path", finding.path())
                    .put("value", finding.value())
                    .put("excerpt", finding.excerpt());
        }
    }
}
