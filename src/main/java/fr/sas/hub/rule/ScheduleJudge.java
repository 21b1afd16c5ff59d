package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirPeriod;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges practitioners' Schedules and the roles and places they refer to. */
final class ScheduleJudge extends JudgeOfSchedules {

    private final Map<String, String> scheduleOfRole = new HashMap<>();

    ScheduleJudge(
            AnswerContext asked,
            AnswerResources gathered,
            Evidence evidence,
            PersonJudge people,
            ResolvedSchedules ways) {
        super(asked, gathered, evidence, people, ways);
    }

    void judgeSchedule(LocatedResource schedule) {
        judgeActive(schedule);
        List<JsonNode> actors = LocatedResource.list(schedule.at("actor"));
        List<JsonNode> roles = actors.stream()
                .filter(actor -> AnswerResources.names(schedule, actor, "PractitionerRole"))
                .toList();
        evidence.demand(
                ScheduleRule.SCHEDULE_PER_PLACE,
                roles.size() < 2,
                schedule,
                "actor",
                roles.size() + " PractitionerRoles");
        boolean placed = names(schedule, actors, "Location");
        if (!gathered.isWhole() && roles.isEmpty()) {
            evidence.demand(ScheduleRule.NO_PLACE, placed, schedule, "actor", null);
        }
        evidence.demand(ScheduleRule.ROLE_MISSING, !roles.isEmpty() || !placed, schedule, "actor", null);
        roles.forEach(role -> judgeOnlySchedule(schedule, role));
        if (gathered.isWhole()) {
            ways.add(follow(schedule, actors));
        }
    }

    private void judgeOnlySchedule(LocatedResource schedule, JsonNode role) {
        String address = AnswerResources.typeAndId(role.path("reference").asText(""));
        if (!address.isEmpty() && !address.startsWith("#")) {
            String first = scheduleOfRole.putIfAbsent(address, schedule.address());
            evidence.demand(
                    ScheduleRule.SCHEDULE_TWICE,
                    first == null || first.equals(schedule.address()),
                    schedule,
                    "actor",
                    first + " and " + schedule.address() + " of " + address);
        }
    }

    /** Whose the Schedule is, and where. */
    private ResolvedSchedule follow(LocatedResource schedule, List<JsonNode> actors) {
        LocatedResource role = role(schedule, actors);
        LocatedResource practitioner = practitioner(schedule, role, actors);
        List<PractitionerId> ids = NationalIds.ofPractitioner(
                practitioner == null
                        ? logical(schedule, role, actors)
                        : currentValues.among(practitioner.at("identifier")));
        PractitionerId subject = ids.stream().filter(asked::isFor).findFirst().orElse(null);
        if (practitioner == null && !ids.isEmpty()) {
            evidence.demand(
                    ScheduleRule.NOT_ASKED_FOR,
                    subject != null,
                    schedule,
                    "actor",
                    ids.getFirst().value());
        }
        LocatedResource place = place(schedule, role, actors);
        LocatedResource organization = role == null ? null : ways.follow(role, role.at("organization"), "Organization");
        if (organization != null && evidence.spoilerOf(organization) == null) {
            people.judgeActive(organization);
        }
        SortedSet<StructureId> structures = structures(role, organization, place);
        DirectoryPractitioner known = subject == null ? null : asked.known().get(subject);
        PostalAddress address = address(place, organization);
        DirectoryPlace listed =
                known == null ? null : known.placeAt(structures, address.line(), address.postalCode(), address.city());
        boolean lost = (place == null && isPlaced(schedule, role, actors))
                || (role == null && names(schedule, actors, "PractitionerRole"));
        if (!lost) {
            boolean told = !structures.isEmpty() || key(address) != null;
            evidence.demand(ScheduleRule.NO_PLACE, told, role == null ? schedule : role, "", null);
        }
        ZoneId zone = address.postalCode() != null || listed == null
                ? PlaceZones.ofPostalCode(address.postalCode())
                : listed.zone();
        FhirPeriod during = role == null ? FhirPeriod.ALWAYS : CurrentValues.period(role.at("period"));
        return new ResolvedSchedule(
                schedule, role, practitioner, place, organization, subject, structures, address, listed, zone, during);
    }

    /** Whether a place is referred to, resolvable or not. */
    private static boolean isPlaced(LocatedResource schedule, @Nullable LocatedResource role, List<JsonNode> actors) {
        boolean byRole = role != null
                && LocatedResource.list(role.at("location")).stream()
                        .anyMatch(reference -> LocatedResource.isThere(reference.path("reference")));
        return byRole || names(schedule, actors, "Location");
    }

    private static boolean names(LocatedResource schedule, List<JsonNode> actors, String type) {
        return actors.stream().anyMatch(actor -> AnswerResources.names(schedule, actor, type));
    }

    /** The first one referred to. */
    private @Nullable LocatedResource role(LocatedResource schedule, List<JsonNode> actors) {
        for (JsonNode actor : actors) {
            LocatedResource role = ways.follow(schedule, actor, "PractitionerRole");
            if (role != null || AnswerResources.names(schedule, actor, "PractitionerRole")) {
                evidence.demand(
                        ScheduleRule.ORPHAN_ROLE,
                        role != null,
                        schedule,
                        "actor",
                        actor.path("reference").asText(null));
                return role;
            }
        }
        return null;
    }

    /** From the actors, else through the role, unless an actor names a Practitioner that cannot be found. */
    private @Nullable LocatedResource practitioner(
            LocatedResource schedule, @Nullable LocatedResource role, List<JsonNode> actors) {
        LocatedResource practitioner = null;
        String lost = null;
        for (JsonNode actor : actors) {
            if (practitioner == null && AnswerResources.names(schedule, actor, "Practitioner")) {
                practitioner = ways.follow(schedule, actor, "Practitioner");
                lost = practitioner == null ? actor.path("reference").asText(null) : null;
            }
        }
        LocatedResource ofRole = role == null ? null : ways.follow(role, role.at("practitioner"), "Practitioner");
        if (role != null
                && practitioner != null
                && LocatedResource.isThere(role.at("practitioner").path("reference"))) {
            evidence.demand(
                    ScheduleRule.ROLE_OF_ANOTHER,
                    ofRole != null && ofRole.json() == practitioner.json(),
                    role,
                    "practitioner",
                    role.at("practitioner").path("reference").asText());
        }
        if (practitioner == null && lost == null) {
            practitioner = ofRole;
        }
        boolean said = practitioner != null
                || !NationalIds.ofPractitioner(logical(schedule, role, actors)).isEmpty();
        evidence.demand(ScheduleRule.ORPHAN_ACTOR, said, schedule, "actor", lost);
        return practitioner;
    }

    /** Identifiers given instead of references. */
    private List<JsonNode> logical(LocatedResource schedule, @Nullable LocatedResource role, List<JsonNode> actors) {
        List<JsonNode> identifiers = new ArrayList<>();
        for (JsonNode actor : actors) {
            if (!AnswerResources.names(schedule, actor, "PractitionerRole")) {
                addInUse(actor, identifiers);
            }
        }
        if (role != null) {
            addInUse(role.at("practitioner"), identifiers);
        }
        return identifiers;
    }

    private void addInUse(JsonNode reference, List<JsonNode> identifiers) {
        JsonNode identifier = reference.path("identifier");
        if (identifier.isObject() && currentValues.holds(identifier)) {
            identifiers.add(identifier);
        }
    }

    /** The role's first Location, else the Schedule's. */
    private @Nullable LocatedResource place(
            LocatedResource schedule, @Nullable LocatedResource role, List<JsonNode> actors) {
        for (JsonNode reference : role == null ? List.<JsonNode>of() : LocatedResource.list(role.at("location"))) {
            LocatedResource place = ways.follow(role, reference, "Location");
            if (place != null || LocatedResource.isThere(reference.path("reference"))) {
                demandPlace(place, role, "location", reference);
                return place;
            }
        }
        for (JsonNode actor : actors) {
            if (AnswerResources.names(schedule, actor, "Location")) {
                LocatedResource place = ways.follow(schedule, actor, "Location");
                demandPlace(place, schedule, "actor", actor);
                return place;
            }
        }
        return null;
    }

    private void demandPlace(
            @Nullable LocatedResource place, @Nullable LocatedResource of, String element, JsonNode reference) {
        if (of != null) {
            evidence.demand(
                    ScheduleRule.ORPHAN_LOCATION,
                    place != null,
                    of,
                    element,
                    reference.path("reference").asText(null));
        }
    }

    private SortedSet<StructureId> structures(
            @Nullable LocatedResource role, @Nullable LocatedResource organization, @Nullable LocatedResource place) {
        SortedSet<StructureId> ids = new TreeSet<>();
        List<JsonNode> identifiers = new ArrayList<>(2);
        if (role != null) {
            addInUse(role.at("organization"), identifiers);
        }
        if (organization != null) {
            identifiers.addAll(currentValues.among(organization.at("identifier")));
        }
        if (place != null) {
            NationalIds.ofLocation(currentValues.among(place.at("identifier")), ids);
            addInUse(place.at("managingOrganization"), identifiers);
        }
        NationalIds.ofOrganization(identifiers, ids);
        return ids;
    }

    private PostalAddress address(@Nullable LocatedResource place, @Nullable LocatedResource organization) {
        PostalAddress ofPlace = place == null ? null : address(place.at("address"));
        if (ofPlace != null) {
            return ofPlace;
        }
        List<JsonNode> others = organization == null ? List.of() : currentValues.among(organization.at("address"));
        return others.isEmpty() ? PostalAddress.UNKNOWN : PostalAddress.of(others.getFirst());
    }

    private static @Nullable String key(PostalAddress address) {
        return PlaceKeys.ofAddress(address.line(), address.postalCode(), address.city());
    }

    void judgeRole(LocatedResource role) {
        people.judgeActive(role);
        List<JsonNode> locations = LocatedResource.list(role.at("location"));
        JsonNode reference = locations.isEmpty() ? role.at("location") : locations.getFirst();
        LocatedResource location = gathered.follow(role, reference, "Location");
        boolean placed = hasStructure(role) || !locations.isEmpty() && (location == null || hasAddress(location));
        if (!gathered.isWhole()) {
            evidence.demand(ScheduleRule.NO_PLACE, placed, role, "", null);
        }
        if (!placed) {
            return;
        }
        judgeOrganization(role);
        if (evidence.demand(
                ScheduleRule.LOCATION_MISSING,
                locations.size() == 1,
                role,
                "location",
                locations.size() + " Locations")) {
            judgeLocation(role, reference, location);
        }
        ZoneId zone = zone(location);
        people.judgePhones(role, zone);
        if (location != null) {
            people.judgePhones(location, zone);
        }
    }

    private void judgeLocation(LocatedResource role, JsonNode reference, @Nullable LocatedResource location) {
        String address = reference.path("reference").asText(null);
        if (!gathered.isWhole() && address != null && address.startsWith("#")) {
            evidence.demand(ScheduleRule.ORPHAN_LOCATION, location != null, role, "location", address);
        }
        if (location != null) {
            evidence.demand(
                    ScheduleRule.LOCATION_NOT_CONTAINED,
                    address != null && address.startsWith("#"),
                    role,
                    "location",
                    address);
            judgeAddress(location);
        }
    }

    /** One line, a city, a postal code. */
    void judgeAddress(LocatedResource location) {
        boolean complete = isComplete(location.at("address")) && people.isInUse(location.at("address"));
        evidence.demand(ScheduleRule.ADDRESS_INCOMPLETE, complete, location, "address", null);
    }

    static boolean isComplete(JsonNode address) {
        return address.path("line").size() == 1
                && LocatedResource.isThere(address.path("line").path(0))
                && LocatedResource.isThere(address.path("city"))
                && LocatedResource.isThere(address.path("postalCode"));
    }

    private boolean hasAddress(LocatedResource location) {
        JsonNode address = location.at("address");
        return people.isInUse(address) && key(PostalAddress.of(address)) != null;
    }

    private boolean hasStructure(LocatedResource role) {
        return identifiers(role).stream()
                .filter(people::isInUse)
                .anyMatch(id -> StructureId.parse(id.path("value").textValue()).isPresent());
    }

    private void judgeOrganization(LocatedResource role) {
        List<JsonNode> identifiers = identifiers(role);
        if (evidence.demand(
                ScheduleRule.STRUCTURE_MISSING, !identifiers.isEmpty(), role, "organization.identifier", null)) {
            people.judgeStructure(role, "organization.identifier", identifiers.getFirst());
        }
    }

    /** Those of the reference itself, or of the Organization it refers to. */
    private List<JsonNode> identifiers(LocatedResource role) {
        JsonNode reference = role.at("organization");
        if (reference.path("identifier").isObject()) {
            return List.of(reference.path("identifier"));
        }
        LocatedResource organization = gathered.follow(role, reference, "Organization");
        return organization == null ? List.of() : LocatedResource.list(organization.at("identifier"));
    }

    private static ZoneId zone(@Nullable LocatedResource location) {
        return PlaceZones.ofPostalCode(
                location == null
                        ? null
                        : LocatedResource.textOf(location.at("address").path("postalCode")));
    }
}
