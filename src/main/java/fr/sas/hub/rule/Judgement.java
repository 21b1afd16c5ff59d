package fr.sas.hub.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the judge found.
 *
 * @param findings where the faults are
 * @param applied the rules that had something to apply to: those without a finding were kept
 * @param slots every Slot entry, in the vendor's order
 * @param beside what was found besides the fates of the slots
 */
public record Judgement(List<Finding> findings, Set<Rule> applied, List<JudgedSlot> slots, Beside beside) {

    /**
     * What no slot's fate tells.
     *
     * @param findings the first of them, one of each rule at least
     * @param counts all of them
     */
    public record Beside(List<Finding> findings, Map<Rule, Integer> counts) {
        public Beside {
            findings = List.copyOf(findings);
            counts = Map.copyOf(counts);
        }
    }

    public Judgement {
        findings = List.copyOf(findings);
        applied = Set.copyOf(applied);
        slots = List.copyOf(slots);
    }
}
