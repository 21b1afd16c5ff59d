package fr.sas.hub.rule;

import java.util.List;
import java.util.Set;

/**
 * What the judge found.
 *
 * @param applied the rules that had something to apply to: those without a finding were kept
 */
public record Judgement(List<Finding> findings, Set<Rule> applied) {
    public Judgement {
        findings = List.copyOf(findings);
        applied = Set.copyOf(applied);
    }
}
