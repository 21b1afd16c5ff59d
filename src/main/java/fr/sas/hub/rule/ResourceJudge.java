package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Passes each resource to the judge of its type. */
final class ResourceJudge {

    private final SlotJudge slots;
    private final AgendaJudge agendas;
    private final SiteJudge sites;
    private final PersonJudge people;
    private final CommunityJudge communities;
    private final AppointmentJudge appointments;
    private final Gathered gathered;
    private final boolean sos;

    ResourceJudge(AnswerContext asked, Gathered gathered, Evidence evidence) {
        this.sos = asked.kind() == AnswerContext.Kind.SOS;
        this.gathered = gathered;
        this.appointments = new AppointmentJudge(evidence, asked.now());
        this.people = new PersonJudge(asked, gathered.isWhole(), evidence);
        Ways ways = new Ways(gathered, evidence, this::judge);
        this.communities = new CommunityJudge(asked, gathered, evidence, people);
        this.sites = new SiteJudge(asked, gathered, evidence, people, ways);
        this.agendas = new AgendaJudge(asked, gathered, evidence, people, ways);
        this.slots = new SlotJudge(asked, gathered, evidence, communities, ways);
    }

    void judge(Item item) {
        switch (item.type()) {
            case "Slot" -> slots.judge(item);
            case "Schedule" -> {
                if (sos || isOfPlace(item)) {
                    sites.judgeSchedule(item);
                } else {
                    agendas.judgeSchedule(item);
                }
            }
            case "PractitionerRole" -> agendas.judgeRole(item);
            case "Practitioner" -> people.judgePractitioner(item);
            case "Location" -> {
                if (sos) {
                    sites.judgeSite(item);
                } else {
                    agendas.judgeAddress(item);
                }
            }
            case "Organization" -> {
                if (sos) {
                    sites.judgeAssociation(item);
                } else {
                    communities.judgeOrganization(item);
                }
            }
            case "Appointment" -> appointments.judge(item);
            default -> {}
        }
    }

    /**
     * A health centre's Schedule, whose slots belong to no particular practitioner: its only actors are an
     * organization's places.
     */
    private boolean isOfPlace(Item schedule) {
        List<JsonNode> actors = Item.list(schedule.at("actor"));
        return !actors.isEmpty()
                && actors.stream().allMatch(actor -> {
                    Item place = gathered.follow(schedule, actor, "Location");
                    return place != null
                            ? place.at("managingOrganization").isObject()
                            : !gathered.isWhole() && Gathered.names(schedule, actor, "Location");
                });
    }
}
