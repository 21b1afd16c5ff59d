package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything found wrong in one delivery: all of it counted, with one example of each kind; the first few findings that
 * cost a slot or part of one are kept whole.
 */
final class DeliveryFindings {

    private final int most;
    private final Map<Rule, Integer> counts = new HashMap<>();
    private final Map<Rule, Finding> examples = new HashMap<>();
    private final List<Finding> retained = new ArrayList<>();

    DeliveryFindings(int most) {
        this.most = most;
    }

    void add(Rule code, String path, @Nullable String value, @Nullable JsonNode resource) {
        add(new Finding(code, path, value, resource));
    }

    void add(Finding rejection) {
        counts.merge(rejection.rule(), 1, Integer::sum);
        keep(rejection);
    }

    private void keep(Finding rejection) {
        examples.putIfAbsent(rejection.rule(), rejection);
        if (retained.size() < most && rejection.rule().severity() != Severity.TOLERATED) {
            retained.add(rejection);
        }
    }

    /** Adds what the judge found apart from the fates of slots. */
    void add(Judgement.OtherFindings others) {
        others.counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum));
        others.findings().forEach(this::keep);
    }

    Map<Rule, Integer> counts() {
        return counts;
    }

    Map<Rule, Finding> examples() {
        return examples;
    }

    List<Finding> retained() {
        return retained;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
