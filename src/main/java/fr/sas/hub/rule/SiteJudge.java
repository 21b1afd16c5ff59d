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
final class SiteJudge {

    private static final Pattern SIRET = Pattern.compile("3\\d{14}");

    private final AnswerContext asked;
    private final Gathered gathered;
    private final Evidence evidence;
    private final PersonJudge people;
    private final Ways ways;
    private final InUse inUse;
    private final Set<ObjectNode> askedFor = Collections.newSetFromMap(new IdentityHashMap<>());

    SiteJudge(AnswerContext asked, Gathered gathered, Evidence evidence, PersonJudge people, Ways ways) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
        this.ways = ways;
        this.inUse = new InUse(asked.now());
    }

    void judgeSchedule(Item schedule) {
        evidence.demand(
                AgendaRule.AGENDA_INACTIVE, !schedule.isFalse("active"), schedule, "active", schedule.address());
        List<JsonNode> sites = Item.list(schedule.at("actor")).stream()
                .filter(actor -> Gathered.names(schedule, actor, "Location") || leadsToSite(schedule, actor))
                .toList();
        if (evidence.demand(AgendaRule.ORPHAN_ACTOR, !sites.isEmpty(), schedule, "actor", null)) {
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

    private boolean leadsToSite(Item schedule, JsonNode actor) {
        return gathered.follow(schedule, actor, "Location") != null;
    }

    /** Which association the Schedule belongs to, and where. */
    private Way follow(Item schedule, List<JsonNode> sites) {
        Item site = sites.isEmpty() ? null : ways.follow(schedule, sites.getFirst(), "Location");
        if (!sites.isEmpty()) {
            evidence.demand(
                    AgendaRule.ORPHAN_LOCATION,
                    site != null,
                    schedule,
                    "actor",
                    sites.getFirst().path("reference").asText(null));
        }
        if (site == null) {
            return new Way(
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
        Item organization = ways.follow(site, manager, "Organization");
        SortedSet<StructureId> ids = new TreeSet<>();
        NationalIds.ofOrganization(inUse.among(identifiersOf(manager, organization)), ids);
        StructureId association = ids.stream().filter(asked::isFor).findFirst().orElse(null);
        judgeManager(site, organization, ids, association);
        JsonNode said = site.at("address");
        PostalAddress address = said.isObject() && inUse.holds(said) ? PostalAddress.of(said) : PostalAddress.UNKNOWN;
        boolean placed = !site.id().isEmpty()
                || Item.list(site.at("identifier")).stream().anyMatch(id -> Item.isThere(id.path("value")))
                || PlaceKeys.ofAddress(
                                address.line(), address.postalCode(), Objects.requireNonNullElse(address.city(), ""))
                        != null;
        evidence.demand(AgendaRule.NO_PLACE, placed, site, "", null);
        return new Way(
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

    private static ArrayNode identifiersOf(JsonNode manager, @Nullable Item organization) {
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
            Item site, @Nullable Item organization, SortedSet<StructureId> ids, @Nullable StructureId association) {
        if (!evidence.demand(
                AssociationRule.ORPHAN_ORGANIZATION,
                organization != null || !ids.isEmpty(),
                site,
                "managingOrganization",
                site.at("managingOrganization").path("reference").asText(null))) {
            return;
        }
        Item who = organization == null ? site : organization;
        if (askedFor.add(who.json())
                && evidence.demand(AgendaRule.NO_NATIONAL_ID, !ids.isEmpty(), who, "identifier", null)) {
            evidence.demand(
                    AgendaRule.NOT_ASKED_FOR,
                    association != null,
                    who,
                    "identifier",
                    ids.first().value());
        }
    }

    void judgeSite(Item site) {
        evidence.demand(AssociationRule.SOS_SITE_NAME, site.text("name") != null, site, "name", null);
        evidence.demand(
                AssociationRule.SOS_SITE_ADDRESS,
                AgendaJudge.isComplete(site.at("address")) && people.isInUse(site.at("address")),
                site,
                "address",
                null);
        boolean own = Item.list(site.at("identifier")).stream()
                .anyMatch(id ->
                        Item.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL) && Item.isThere(id.path("value")));
        evidence.demand(AssociationRule.SOS_SITE_ID, own, site, "identifier", null);
        boolean phone = Item.list(site.at("telecom")).stream()
                .anyMatch(point -> Item.isThere(point.path("value")) && people.isInUse(point));
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

    void judgeAssociation(Item organization) {
        people.judgeActive(organization);
        List<JsonNode> identifiers = Item.list(organization.at("identifier"));
        List<StructureId> ids = identifiers.stream()
                .filter(id -> people.isInUse(id) && !Item.isCoded(id.path("type"), null, FhirVocabulary.INTERNAL))
                .flatMap(id -> StructureId.parse(id.path("value").textValue()).stream())
                .toList();
        if (!gathered.isWhole()) {
            evidence.demand(AgendaRule.NO_NATIONAL_ID, !ids.isEmpty(), organization, "identifier", null);
        }
        if (ids.isEmpty()) {
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
    }
}
