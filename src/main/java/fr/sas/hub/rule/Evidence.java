package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a judgement. All are counted; when there are very many, only the first are kept.
 *
 * <p>A fault that costs slots (rejected, withheld) spoils the resource it is in and every resource that depends on it:
 * the first one to spoil a Slot is its fate.
 */
public final class Evidence {

    private static final int MOST = 5_000;

    private final Set<Rule> applied = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Excludes faults that spoil Slots, since each such Slot has its fate. */
    private final Map<Rule, Integer> counts = new HashMap<>();

    private final Map<JsonNode, Finding> spoiled = new IdentityHashMap<>();
    private final Set<Finding> inherited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<JudgedSlot> slots = new ArrayList<>();
    private final Map<Integer, AnswerRule> unusable = new HashMap<>();
    private Answer answer = Answer.COMPLETE;

    /** Returns whether the rule is kept here, and records a finding when it is not. */
    public boolean demand(Rule rule, boolean kept, String path, @Nullable String value, @Nullable JsonNode resource) {
        applied.add(rule);
        if (!kept) {
            add(new Finding(rule, path, value, resource));
        }
        return kept;
    }

    /** As above, for an element of an item. */
    boolean demand(Rule rule, boolean kept, LocatedResource item, String element, @Nullable String value) {
        applied.add(rule);
        if (!kept) {
            Finding finding = new Finding(rule, pathOf(item, element), value, item.json());
            boolean costs = rule.severity().costsSlots();
            if (costs) {
                spoiled.putIfAbsent(item.json(), finding);
            }
            if (costs && item.isSlot()) {
                keep(finding, false);
            } else {
                add(finding);
            }
        }
        return kept;
    }

    private static String pathOf(LocatedResource item, String element) {
        return element.isEmpty() ? item.path() : item.path() + "." + element;
    }

    private void add(Finding finding) {
        keep(finding, counts.merge(finding.rule(), 1, Integer::sum) == 1);
    }

    private void keep(Finding finding, boolean first) {
        if (first || findings.size() < MOST) {
            findings.add(finding);
        }
    }

    /** The first fault that spoils the resources depending on this one; null when there is none. */
    @Nullable
    Finding spoilerOf(LocatedResource item) {
        return spoiled.get(item.json());
    }

    /** A fault that spoils a resource needed by the slot spoils the slot too, unless it is already spoiled. */
    void inherit(LocatedResource slot, String element, @Nullable Finding spoiler) {
        if (spoiler != null) {
            if (inherited.add(spoiler)) {
                counts.computeIfPresent(
                        spoiler.rule(), (rule, count) -> count == 1 ? null : Integer.valueOf(count - 1));
            }
            spoiled.putIfAbsent(
                    slot.json(), new Finding(spoiler.rule(), pathOf(slot, element), spoiler.value(), slot.json()));
        }
    }

    void add(JudgedSlot slot) {
        slots.add(slot);
    }

    /** Nothing of this page is used, because it breaks this rule. */
    void unusable(int page, AnswerRule rule) {
        unusable.put(page, rule);
    }

    void answered(Answer how) {
        answer = how;
    }

    /** Adds another judgement's findings. */
    public void add(Judgement other) {
        applied.addAll(other.applied());
        other.findings().forEach(this::add);
    }

    public Judgement judgement() {
        return new Judgement(answer, findings, applied, slots, unusable, beside());
    }

    /** What is not covered by the fate of any slot. */
    private Judgement.OtherFindings beside() {
        Set<JsonNode> ofSlots = Collections.newSetFromMap(new IdentityHashMap<>());
        slots.forEach(slot -> ofSlots.add(slot.item().json()));
        List<Finding> rest = findings.stream()
                .filter(finding -> !inherited.contains(finding)
                        && !(finding.rule().severity().costsSlots() && ofSlots.contains(finding.resource())))
                .toList();
        return new Judgement.OtherFindings(rest, counts);
    }
}
