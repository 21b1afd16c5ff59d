package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirPeriod;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.StructureId;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges the Schedules, consultation sites and associations of SOS Médecins. */
final class SiteJudge extends JudgeOfSchedules {

    private static final Pattern SIRET = Pattern.compile("3\\d{14}");

    private final Set<ObjectNode> askedFor = Collections.newSetFromMap(new IdentityHashMap<>());

    SiteJudge(
            AnswerContext asked,
            AnswerResources gathered,
            Evidence evidence,
            PersonJudge people,
            ResolvedSchedules ways) {
        super(asked, gathered, evidence, people, ways);
    }

    void judgeSchedule(LocatedResource schedule) {
        judgeActive(schedule);
        List<JsonNode> sites = LocatedResource.list(schedule.at("actor")).stream()
                .filter(actor -> AnswerResources.names(schedule, actor, "Location") || leadsToSite(schedule, actor))
                .toList();
        if (evidence.demand(ScheduleRule.ORPHAN_ACTOR, !sites.isEmpty(), schedule, "actor", null)) {
            evidence.demand(
                    AssociationRule.SOS_SEVERAL_ACTORS,
                    sites.size() == 1,
                    schedule,
                    "actor",
                    sites.size() + " Locations");
        }
        if (gathered.isWhole()) {
            ways.add(follow(schedule, sites));
        }
    }

    private boolean leadsToSite(LocatedResource schedule, JsonNode actor) {
        return gathered.follow(schedule, actor, "Location") != null;
    }

    /** Which association the Schedule belongs to, and where. */
    private ResolvedSchedule follow(LocatedResource schedule, List<JsonNode> sites) {
        LocatedResource site = sites.isEmpty() ? null : ways.follow(schedule, sites.getFirst(), "Location");
        if (!sites.isEmpty()) {
            evidence.demand(
                    ScheduleRule.ORPHAN_LOCATION,
                    site != null,
                    schedule,
                    "actor",
                    sites.getFirst().path("reference").asText(null));
        }
        if (site == null) {
            return new ResolvedSchedule(
                    schedule,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new TreeSet<>(),
                    PostalAddress.UNKNOWN,
                    null,
                    PlaceZones.MAINLAND,
                    FhirPeriod.ALWAYS);
        }
        JsonNode manager = site.at("managingOrganization");
        LocatedResource organization = ways.follow(site, manager, "Organization");
        SortedSet<StructureId> ids = new TreeSet<>();
        NationalIds.ofOrganization(currentValues.among(identifiersOf(manager, organization)), ids);
        StructureId association = ids.stream().filter(asked::isFor).findFirst().orElse(null);
        judgeManager(site, organization, ids, association);
        PostalAddress address = Objects.requireNonNullElse(address(site.at("address")), PostalAddress.UNKNOWN);
        boolean placed = !site.id().isEmpty()
                || LocatedResource.list(site.at("identifier")).stream()
                        .anyMatch(id -> LocatedResource.isThere(id.path("value")))
                || PlaceKeys.ofAddress(
                                address.line(), address.postalCode(), Objects.requireNonNullElse(address.city(), ""))
                        != null;
        evidence.demand(ScheduleRule.NO_PLACE, placed, site, "", null);
        return new ResolvedSchedule(
                schedule,
                null,
                null,
                site,
                organization,
                association,
                ids,
                address,
                null,
                PlaceZones.ofPostalCode(address.postalCode()),
                FhirPeriod.ALWAYS);
    }

    private static ArrayNode identifiersOf(JsonNode manager, @Nullable LocatedResource organization) {
        ArrayNode identifiers = JsonNodeFactory.instance.arrayNode();
        if (organization != null) {
            organization.at("identifier").forEach(identifiers::add);
        }
        if (manager.path("identifier").isObject()) {
            identifiers.add(manager.path("identifier"));
        }
        return identifiers;
    }

    private void judgeManager(
            LocatedResource site,
            @Nullable LocatedResource organization,
            SortedSet<StructureId> ids,
            @Nullable StructureId association) {
        if (!evidence.demand(
                AssociationRule.ORPHAN_ORGANIZATION,
                organization != null || !ids.isEmpty(),
                site,
                "managingOrganization",
                site.at("managingOrganization").path("reference").asText(null))) {
            return;
        }
        LocatedResource who = organization == null ? site : organization;
        if (askedFor.add(who.json())
                && evidence.demand(ScheduleRule.NO_NATIONAL_ID, !ids.isEmpty(), who, "identifier", null)) {
            evidence.demand(
                    ScheduleRule.NOT_ASKED_FOR,
                    association != null,
                    who,
                    "identifier",
                    ids.first().value());
        }
    }

    void judgeSite(LocatedResource site) {
        evidence.demand(AssociationRule.SOS_SITE_NAME, site.text("name") != null, site, "name", null);
        evidence.demand(
                AssociationRule.SOS_SITE_ADDRESS,
                ScheduleJudge.isComplete(site.at("address")) && people.isInUse(site.at("address")),
                site,
                "address",
                null);
        boolean own = LocatedResource.list(site.at("identifier")).stream()
                .anyMatch(id -> LocatedResource.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL)
                        && LocatedResource.isThere(id.path("value")));
        evidence.demand(AssociationRule.SOS_SITE_ID, own, site, "identifier", null);
        boolean phone = LocatedResource.list(site.at("telecom")).stream()
                .anyMatch(point -> LocatedResource.isThere(point.path("value")) && people.isInUse(point));
        evidence.demand(AssociationRule.SOS_SITE_PHONE, phone, site, "telecom", null);
        people.judgePhones(
                site,
                PlaceZones.ofPostalCode(
                        LocatedResource.textOf(site.at("address").path("postalCode"))));
        List<JsonNode> hours = LocatedResource.list(site.at("hoursOfOperation"));
        evidence.demand(
                AssociationRule.SOS_SITE_HOURS,
                !hours.isEmpty() && hours.stream().allMatch(SiteJudge::isReadable),
                site,
                "hoursOfOperation",
                null);
    }

    private static boolean isReadable(JsonNode span) {
        return span.path("modifierExtension").isEmpty() && isSaid(span);
    }

    private static boolean isSaid(JsonNode span) {
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

    void judgeAssociation(LocatedResource organization) {
        people.judgeActive(organization);
        List<JsonNode> identifiers = LocatedResource.list(organization.at("identifier"));
        List<StructureId> ids = identifiers.stream()
                .filter(id ->
                        people.isInUse(id) && !LocatedResource.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL))
                .flatMap(id -> StructureId.parse(id.path("value").textValue()).stream())
                .toList();
        if (!gathered.isWhole()) {
            evidence.demand(ScheduleRule.NO_NATIONAL_ID, !ids.isEmpty(), organization, "identifier", null);
        }
        if (ids.isEmpty()) {
            return;
        }
        JsonNode first = identifiers.getFirst();
        boolean right = identifiers.size() == 1
                && SIRET.matcher(first.path("value").asText("")).matches()
                && FhirVocabulary.STRUCTURE_IDS.equals(first.path("system").asText())
                && LocatedResource.isCoded(first.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
        evidence.demand(
                AssociationRule.SOS_SIRET,
                right,
                organization,
                "identifier",
                PersonJudge.describe(first) + " " + first.path("value").asText(""));
    }
}
