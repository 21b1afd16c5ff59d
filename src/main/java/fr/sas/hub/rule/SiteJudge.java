package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.StructureId;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** Judges the Schedules, consultation sites and associations of SOS Médecins. */
final class SiteJudge {

    private static final Pattern SIRET = Pattern.compile("3\\d{14}");

    private final Asked asked;
    private final Gathered gathered;
    private final Evidence evidence;
    private final PersonJudge people;

    SiteJudge(Asked asked, Gathered gathered, Evidence evidence, PersonJudge people) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
    }

    void judgeSchedule(Item schedule) {
        boolean inactive =
                schedule.at("active").isBoolean() && !schedule.at("active").asBoolean();
        evidence.demand(AgendaRule.AGENDA_INACTIVE, !inactive, schedule, "active", schedule.address());
        List<JsonNode> sites = Item.list(schedule.at("actor")).stream()
                .filter(actor -> Gathered.names(schedule, actor, "Location"))
                .toList();
        if (evidence.demand(AgendaRule.ORPHAN_ACTOR, !sites.isEmpty(), schedule, "actor", null)) {
            evidence.demand(
                    AssociationRule.SOS_SEVERAL_ACTORS,
                    sites.size() == 1,
                    schedule,
                    "actor",
                    sites.size() + " Locations");
            String address = sites.getFirst().path("reference").asText(null);
            if (gathered.isWhole()) {
                evidence.demand(
                        AgendaRule.ORPHAN_LOCATION,
                        gathered.follow(schedule, sites.getFirst(), "Location") != null,
                        schedule,
                        "actor",
                        address);
            }
        }
    }

    void judgeSite(Item site) {
        evidence.demand(AssociationRule.SOS_SITE_NAME, site.text("name") != null, site, "name", null);
        evidence.demand(
                AssociationRule.SOS_SITE_ADDRESS, AgendaJudge.isComplete(site.at("address")), site, "address", null);
        boolean own = Item.list(site.at("identifier")).stream()
                .anyMatch(id ->
                        Item.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL) && Item.isThere(id.path("value")));
        evidence.demand(AssociationRule.SOS_SITE_ID, own, site, "identifier", null);
        boolean phone = Item.list(site.at("telecom")).stream().anyMatch(point -> Item.isThere(point.path("value")));
        evidence.demand(AssociationRule.SOS_SITE_PHONE, phone, site, "telecom", null);
        people.judgePhones(
                site, PlaceZones.ofPostalCode(Item.textOf(site.at("address").path("postalCode"))));
        List<JsonNode> hours = Item.list(site.at("hoursOfOperation"));
        evidence.demand(
                AssociationRule.SOS_SITE_HOURS,
                !hours.isEmpty() && hours.stream().allMatch(SiteJudge::isReadable),
                site,
                "hoursOfOperation",
                null);
        if (gathered.isWhole()) {
            JsonNode manager = site.at("managingOrganization");
            evidence.demand(
                    AssociationRule.ORPHAN_ORGANIZATION,
                    manager.has("identifier") || gathered.follow(site, manager, "Organization") != null,
                    site,
                    "managingOrganization",
                    manager.path("reference").asText(null));
        }
    }

    private static boolean isReadable(JsonNode span) {
        return span.path("allDay").asBoolean(false)
                || (isTime(span.path("openingTime").asText(""))
                        && isTime(span.path("closingTime").asText("")));
    }

    private static boolean isTime(String text) {
        try {
            LocalTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    void judgeAssociation(Item organization) {
        List<JsonNode> identifiers = Item.list(organization.at("identifier"));
        List<StructureId> ids = identifiers.stream()
                .filter(id -> !Item.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL))
                .flatMap(id -> StructureId.parse(id.path("value").textValue()).stream())
                .toList();
        if (!evidence.demand(AgendaRule.NO_NATIONAL_ID, !ids.isEmpty(), organization, "identifier", null)) {
            return;
        }
        JsonNode first = identifiers.getFirst();
        boolean right = identifiers.size() == 1
                && SIRET.matcher(first.path("value").asText("")).matches()
                && FhirVocabulary.STRUCTURE_IDS.equals(first.path("system").asText())
                && Item.isCoded(first.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
        evidence.demand(
                AssociationRule.SOS_SIRET,
                right,
                organization,
                "identifier",
                PersonJudge.said(first) + " " + first.path("value").asText(""));
        if (!asked.subjects().isEmpty()) {
            evidence.demand(
                    AgendaRule.NOT_ASKED_FOR,
                    ids.stream().anyMatch(asked.subjects()::contains),
                    organization,
                    "identifier",
                    ids.getFirst().value());
        }
    }
}
