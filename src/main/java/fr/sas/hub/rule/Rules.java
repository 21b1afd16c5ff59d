package fr.sas.hub.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule there is. */
public final class Rules {

    private static final List<Rule> ALL = Stream.<Rule[]>of(
                    ServerRule.values(),
                    AnswerRule.values(),
                    ScheduleRule.values(),
                    SlotRule.values(),
                    CommunityRule.values(),
                    AssociationRule.values(),
                    AccountRule.values(),
                    AppointmentRule.values())
            .flatMap(Stream::of)
            .sorted(Comparator.comparing(rule -> rule.demand().topic()))
            .toList();
    private static final Map<String, Rule> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));

    private Rules() {}

    /** All rules, by topic. */
    public static List<Rule> all() {
        return ALL;
    }

    /**
     * Rules that a check of a vendor's server can apply: it sees answers, not what is sent to vendors or pushed by
     * them.
     */
    public static List<Rule> checkable() {
        return ALL.stream()
                .filter(rule -> !(rule instanceof AccountRule || rule instanceof AppointmentRule))
                .toList();
    }

    /** Empty when the rule does not exist, or no longer exists. */
    public static Optional<Rule> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
