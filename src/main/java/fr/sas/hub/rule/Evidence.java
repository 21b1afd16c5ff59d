package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is found while judging. Of a flood of faults the first are kept. */
public final class Evidence {

    private static final int MOST = 5_000;

    private final Set<Rule> applied = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    /** Says whether the rule is kept here; a finding when not. */
    public boolean demand(Rule rule, boolean kept, String path, @Nullable String value, @Nullable JsonNode resource) {
        applied.add(rule);
        if (!kept && findings.size() < MOST) {
            findings.add(new Finding(rule, path, value, resource));
        }
        return kept;
    }

    /** The same about an element of an item. */
    boolean demand(Rule rule, boolean kept, Item item, String element, @Nullable String value) {
        return demand(rule, kept, element.isEmpty() ? item.path() : item.path() + "." + element, value, item.json());
    }

    /** Takes over what another found. */
    public void add(Judgement other) {
        applied.addAll(other.applied());
        other.findings().stream().limit(MOST - findings.size()).forEach(findings::add);
    }

    public Judgement judgement() {
        return new Judgement(findings, applied);
    }
}
