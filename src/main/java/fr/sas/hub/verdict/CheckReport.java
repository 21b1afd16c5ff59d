package fr.sas.hub.verdict;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results of a conformance check: one per rule, by topic.
 *
 * @param base the server that was checked
 * @param reachable false if no request could be sent to it
 * @param requests how many requests were sent
 */
public record CheckReport(URI base, Instant at, Duration took, int requests, boolean reachable, List<Result> results) {

    private static final int MOST_EXAMPLES = 5;

    public CheckReport {
        results = List.copyOf(results);
    }

    public enum Status {
        PASSED,
        FAILED,
        WARNED,
        /** There was nothing to apply the rule to. */
        SKIPPED
    }

    /**
     * @param count in how many places the rule is broken
     * @param examples the first of them
     */
    public record Result(Rule rule, Status status, int count, List<Finding> examples) {
        public Result {
            examples = List.copyOf(examples);
        }
    }

    static CheckReport of(URI base, Instant at, Duration took, int requests, boolean reachable, Judgement judgement) {
        Map<Rule, List<Finding>> found = judgement.findings().stream().collect(Collectors.groupingBy(Finding::rule));
        List<Result> results = Rules.checkable().stream()
                .map(rule -> {
                    List<Finding> findings = found.getOrDefault(rule, List.of());
                    return new Result(
                            rule,
                            status(rule, findings, judgement),
                            findings.size(),
                            findings.stream().limit(MOST_EXAMPLES).toList());
                })
                .toList();
        return new CheckReport(base, at, took, requests, reachable, results);
    }

    private static Status status(Rule rule, List<Finding> findings, Judgement judgement) {
        if (findings.isEmpty()) {
            return judgement.applied().contains(rule) ? Status.PASSED : Status.SKIPPED;
        }
        return rule.severity().fails() ? Status.FAILED : Status.WARNED;
    }

    public long count(Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** Nothing failed, and some request was sent; warnings do not count. */
    public boolean isPassed() {
        return reachable && count(Status.FAILED) == 0;
    }
}
