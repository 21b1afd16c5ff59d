package fr.sas.hub.rule;

import org.jspecify.annotations.Nullable;

/**
 * One rule of the guide. The same object rejects in intake, fails the conformance check, is counted in scorecards and
 * is listed in docs/rules.md. Its id is stable: counters, tables, the API and vendors' tickets refer to it.
 */
public sealed interface Rule
        permits AnswerRule,
                SlotRule,
                ScheduleRule,
                CommunityRule,
                AssociationRule,
                ServerRule,
                AccountRule,
                AppointmentRule {

    /**
     * The content of a rule.
     *
     * @param english one sentence for a vendor's developer
     * @param passes an example that keeps the rule: a JSON merge patch (RFC 7396) applied to a valid resource of that
     *     type, or a line of HTTP
     * @param fails an example that breaks this rule and no other
     */
    record Demand(
            RuleTopic topic,
            Severity severity,
            GuidePage page,
            String english,
            String french,
            String passes,
            String fails) {}

    /** The id. */
    String name();

    Demand demand();

    default String id() {
        return name();
    }

    default Severity severity() {
        return demand().severity();
    }

    /** The sentence and the offending value; null when there is none to show. */
    default String sentence(@Nullable String value) {
        return value == null ? demand().english() : demand().english() + " (found: " + value + ")";
    }

    /** As {@link #sentence}, in French. */
    default String sentenceInFrench(@Nullable String value) {
        return value == null ? demand().french() : demand().french() + " (reçu : " + value + ")";
    }
}
