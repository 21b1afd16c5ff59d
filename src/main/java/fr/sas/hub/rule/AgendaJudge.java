package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.StructureId;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges Schedules of practitioners, and the roles and places they lead to. */
final class AgendaJudge {

    private final Gathered gathered;
    private final Evidence evidence;
    private final PersonJudge people;
    private final Map<String, String> scheduleOfRole = new HashMap<>();

    AgendaJudge(Gathered gathered, Evidence evidence, PersonJudge people) {
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
    }

    void judgeSchedule(Item schedule) {
        boolean inactive =
                schedule.at("active").isBoolean() && !schedule.at("active").asBoolean();
        evidence.demand(AgendaRule.AGENDA_INACTIVE, !inactive, schedule, "active", schedule.address());
        List<JsonNode> actors = Item.list(schedule.at("actor"));
        List<JsonNode> roles = actors.stream()
                .filter(actor -> Gathered.names(schedule, actor, "PractitionerRole"))
                .toList();
        evidence.demand(
                AgendaRule.SCHEDULE_PER_PLACE,
                roles.size() < 2,
                schedule,
                "actor",
                roles.size() + " PractitionerRoles");
        judgeRoles(schedule, actors, roles);
        if (gathered.isWhole()) {
            judgePractitioner(schedule, actors, roles);
        }
    }

    private void judgeRoles(Item schedule, List<JsonNode> actors, List<JsonNode> roles) {
        if (roles.isEmpty()) {
            boolean placed = actors.stream().anyMatch(actor -> Gathered.names(schedule, actor, "Location"));
            if (evidence.demand(AgendaRule.NO_PLACE, placed, schedule, "actor", null)) {
                evidence.demand(AgendaRule.ROLE_MISSING, false, schedule, "actor", null);
            }
            return;
        }
        evidence.demand(AgendaRule.ROLE_MISSING, true, schedule, "actor", null);
        for (JsonNode role : roles) {
            String address = Gathered.typeAndId(role.path("reference").asText(""));
            if (gathered.isWhole()) {
                evidence.demand(
                        AgendaRule.ORPHAN_ROLE,
                        gathered.follow(schedule, role, "PractitionerRole") != null,
                        schedule,
                        "actor",
                        address);
            }
            if (!address.isEmpty() && !address.startsWith("#")) {
                String first = scheduleOfRole.putIfAbsent(address, schedule.address());
                evidence.demand(
                        AgendaRule.SCHEDULE_TWICE,
                        first == null || first.equals(schedule.address()),
                        schedule,
                        "actor",
                        first + " and " + schedule.address() + " of " + address);
            }
        }
    }

    private void judgePractitioner(Item schedule, List<JsonNode> actors, List<JsonNode> roles) {
        Item practitioner = null;
        boolean logical = false;
        String lost = null;
        for (JsonNode actor : actors) {
            if (Gathered.names(schedule, actor, "Practitioner")) {
                practitioner = gathered.follow(schedule, actor, "Practitioner");
                logical |= actor.has("identifier");
                lost = actor.path("reference").asText(null);
            }
        }
        for (JsonNode reference : roles) {
            Item role = gathered.follow(schedule, reference, "PractitionerRole");
            if (role != null) {
                JsonNode said = role.at("practitioner");
                Item named = gathered.follow(role, said, "Practitioner");
                logical |= said.has("identifier");
                if (practitioner != null && Item.isThere(said.path("reference"))) {
                    evidence.demand(
                            AgendaRule.ROLE_OF_ANOTHER,
                            named != null && named.json() == practitioner.json(),
                            role,
                            "practitioner",
                            said.path("reference").asText());
                }
                practitioner = practitioner == null && lost == null ? named : practitioner;
            }
        }
        evidence.demand(AgendaRule.ORPHAN_ACTOR, practitioner != null || logical, schedule, "actor", lost);
    }

    void judgeRole(Item role) {
        List<JsonNode> locations = Item.list(role.at("location"));
        JsonNode reference = locations.isEmpty() ? role.at("location") : locations.getFirst();
        Item location = gathered.follow(role, reference, "Location");
        boolean structured = hasStructure(role);
        if (!evidence.demand(
                AgendaRule.NO_PLACE,
                structured || !locations.isEmpty() && (location == null || hasAddress(location)),
                role,
                "",
                null)) {
            return;
        }
        judgeOrganization(role);
        if (evidence.demand(
                AgendaRule.LOCATION_MISSING,
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

    private void judgeLocation(Item role, JsonNode reference, @Nullable Item location) {
        String address = reference.path("reference").asText(null);
        if (gathered.isWhole() || (address != null && address.startsWith("#"))) {
            evidence.demand(AgendaRule.ORPHAN_LOCATION, location != null, role, "location", address);
        }
        if (location != null) {
            evidence.demand(
                    AgendaRule.LOCATION_NOT_CONTAINED,
                    address != null && address.startsWith("#"),
                    role,
                    "location",
                    address);
            judgeAddress(location);
        }
    }

    /** One line, a city, a postal code. */
    void judgeAddress(Item location) {
        evidence.demand(AgendaRule.ADDRESS_INCOMPLETE, isComplete(location.at("address")), location, "address", null);
    }

    static boolean isComplete(JsonNode address) {
        return address.path("line").size() == 1
                && Item.isThere(address.path("line").path(0))
                && Item.isThere(address.path("city"))
                && Item.isThere(address.path("postalCode"));
    }

    private static boolean hasAddress(Item location) {
        JsonNode address = location.at("address");
        return PlaceKeys.ofAddress(
                        Item.textOf(address.path("line").path(0)),
                        Item.textOf(address.path("postalCode")),
                        Item.textOf(address.path("city")))
                != null;
    }

    private boolean hasStructure(Item role) {
        return identifiers(role).stream()
                .anyMatch(id -> StructureId.parse(id.path("value").textValue()).isPresent());
    }

    private void judgeOrganization(Item role) {
        List<JsonNode> identifiers = identifiers(role);
        if (evidence.demand(
                AgendaRule.STRUCTURE_MISSING, !identifiers.isEmpty(), role, "organization.identifier", null)) {
            people.judgeStructure(role, "organization.identifier", identifiers.getFirst());
        }
    }

    /** Of the reference itself, or of the Organization it leads to. */
    private List<JsonNode> identifiers(Item role) {
        JsonNode reference = role.at("organization");
        if (reference.path("identifier").isObject()) {
            return List.of(reference.path("identifier"));
        }
        Item organization = gathered.follow(role, reference, "Organization");
        return organization == null ? List.of() : Item.list(organization.at("identifier"));
    }

    private static ZoneId zone(@Nullable Item location) {
        return PlaceZones.ofPostalCode(
                location == null ? null : Item.textOf(location.at("address").path("postalCode")));
    }
}
