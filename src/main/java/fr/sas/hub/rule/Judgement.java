package fr.sas.hub.rule;

import fr.sas.hub.slot.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The judge's result.
 *
 * @param answer how the vendor answered, as far as its pages tell: complete when nothing in them indicates that
 *     something is missing, failed when none of them can be used. Complete for a resource on its own
 * @param findings the faults and their locations
 * @param applied the rules that were applicable: those without a finding were kept
 * @param slots every Slot entry, in the vendor's order
 * @param unusable the pages that are not used at all, by their place in the answer, from 0, and the rule that each
 *     breaks
 * @param otherFindings findings not covered by the fates of the slots
 */
public record Judgement(
        Answer answer,
        List<Finding> findings,
        Set<Rule> applied,
        List<JudgedSlot> slots,
        Map<Integer, AnswerRule> unusable,
        OtherFindings otherFindings) {

    /**
     * Findings that are not covered by the fate of any slot.
     *
     * @param findings the first of them, at least one of each rule
     * @param counts the number of all of them, by rule
     */
    public record OtherFindings(List<Finding> findings, Map<Rule, Integer> counts) {
        public OtherFindings {
            findings = List.copyOf(findings);
            counts = Map.copyOf(counts);
        }
    }

    public Judgement {
        findings = List.copyOf(findings);
        applied = Set.copyOf(applied);
        slots = List.copyOf(slots);
        unusable = Map.copyOf(unusable);
    }
}
