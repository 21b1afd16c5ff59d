package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What judging Schedules takes, whoever they belong to: practitioners or an association. */
abstract sealed class JudgeOfSchedules permits ScheduleJudge, SiteJudge {

    final AnswerContext asked;
    final AnswerResources gathered;
    final Evidence evidence;
    final PersonJudge people;
    final ResolvedSchedules ways;
    final CurrentValues currentValues;

    /** @param ways where each judged Schedule leads; added to by its judge */
    JudgeOfSchedules(
            AnswerContext asked,
            AnswerResources gathered,
            Evidence evidence,
            PersonJudge people,
            ResolvedSchedules ways) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
        this.ways = ways;
        this.currentValues = new CurrentValues(asked.now());
    }

    final void judgeActive(LocatedResource schedule) {
        evidence.demand(
                ScheduleRule.AGENDA_INACTIVE, !schedule.isFalse("active"), schedule, "active", schedule.address());
    }

    /** Null if the element is no address, or one that may no longer be used. */
    final @Nullable PostalAddress address(JsonNode element) {
        return element.isObject() && currentValues.holds(element) ? PostalAddress.of(element) : null;
    }
}
