package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Passes each resource to the judge of its type. */
final class ResourceJudge {

    private final SlotJudge slots;
    private final ScheduleJudge schedules;
    private final SiteJudge sites;
    private final PersonJudge people;
    private final CommunityJudge communities;
    private final AnswerResources gathered;
    private final boolean sos;

    ResourceJudge(AnswerContext asked, AnswerResources gathered, Evidence evidence) {
        this.sos = asked.kind() == AnswerContext.Kind.SOS;
        this.gathered = gathered;
        this.people = new PersonJudge(asked, gathered.isWhole(), evidence);
        ResolvedSchedules ways = new ResolvedSchedules(gathered, evidence, this::judge);
        this.communities = new CommunityJudge(asked, gathered, evidence, people);
        this.sites = new SiteJudge(asked, gathered, evidence, people, ways);
        this.schedules = new ScheduleJudge(asked, gathered, evidence, people, ways);
        this.slots = new SlotJudge(asked, gathered, evidence, communities, ways);
    }

    void judge(LocatedResource item) {
        switch (item.type()) {
            case "Slot" -> slots.judge(item);
            case "Schedule" -> {
                if (sos || isOfPlace(item)) {
                    sites.judgeSchedule(item);
                } else {
                    schedules.judgeSchedule(item);
                }
            }
            case "PractitionerRole" -> schedules.judgeRole(item);
            case "Practitioner" -> people.judgePractitioner(item);
            case "Location" -> {
                if (sos) {
                    sites.judgeSite(item);
                } else {
                    schedules.judgeAddress(item);
                }
            }
            case "Organization" -> {
                if (sos) {
                    sites.judgeAssociation(item);
                } else {
                    communities.judgeOrganization(item);
                }
            }
            default -> {}
        }
    }

    /**
     * A health centre's Schedule, whose slots belong to no particular practitioner: its only actors are an
     * organization's places.
     */
    private boolean isOfPlace(LocatedResource schedule) {
        List<JsonNode> actors = LocatedResource.list(schedule.at("actor"));
        return !actors.isEmpty()
                && actors.stream().allMatch(actor -> {
                    LocatedResource place = gathered.follow(schedule, actor, "Location");
                    return place != null
                            ? place.at("managingOrganization").isObject()
                            : !gathered.isWhole() && AnswerResources.names(schedule, actor, "Location");
                });
    }
}
