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
final class AgendaJudge {

    private final AnswerContext asked;
    private final Gathered gathered;
    private final Evidence evidence;
    private final PersonJudge people;
    private final Ways ways;
    private final InUse inUse;
    private final Map<String, String> scheduleOfRole = new HashMap<>();

    AgendaJudge(AnswerContext asked, Gathered gathered, Evidence evidence, PersonJudge people, Ways ways) {
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
        boolean placed = names(schedule, actors, "Location");
        if (!gathered.isWhole() && roles.isEmpty()) {
            evidence.demand(AgendaRule.NO_PLACE, placed, schedule, "actor", null);
        }
        evidence.demand(AgendaRule.ROLE_MISSING, !roles.isEmpty() || !placed, schedule, "actor", null);
        roles.forEach(role -> judgeOnlySchedule(schedule, role));
        if (gathered.isWhole()) {
            ways.add(follow(schedule, actors));
        }
    }

    private void judgeOnlySchedule(Item schedule, JsonNode role) {
        String address = Gathered.typeAndId(role.path("reference").asText(""));
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

    /** Whose the Schedule is, and where. */
    private Way follow(Item schedule, List<JsonNode> actors) {
        Item role = role(schedule, actors);
        Item practitioner = practitioner(schedule, role, actors);
        List<PractitionerId> ids = NationalIds.ofPractitioner(
                practitioner == null ? logical(schedule, role, actors) : inUse.among(practitioner.at("identifier")));
        PractitionerId subject = ids.stream().filter(asked::isFor).findFirst().orElse(null);
        if (practitioner == null && !ids.isEmpty()) {
            evidence.demand(
                    AgendaRule.NOT_ASKED_FOR,
                    subject != null,
                    schedule,
                    "actor",
                    ids.getFirst().value());
        }
        Item place = place(schedule, role, actors);
        Item organization = role == null ? null : ways.follow(role, role.at("organization"), "Organization");
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
            evidence.demand(AgendaRule.NO_PLACE, told, role == null ? schedule : role, "", null);
        }
        ZoneId zone = address.postalCode() != null || listed == null
                ? PlaceZones.ofPostalCode(address.postalCode())
                : listed.zone();
        FhirPeriod during = role == null ? FhirPeriod.ALWAYS : InUse.period(role.at("period"));
        return new Way(
                schedule, role, practitioner, place, organization, subject, structures, address, listed, zone, during);
    }

    /** Whether a place is referred to, resolvable or not. */
    private static boolean isPlaced(Item schedule, @Nullable Item role, List<JsonNode> actors) {
        boolean byRole = role != null
                && Item.list(role.at("location")).stream()
                        .anyMatch(reference -> Item.isThere(reference.path("reference")));
        return byRole || names(schedule, actors, "Location");
    }

    private static boolean names(Item schedule, List<JsonNode> actors, String type) {
        return actors.stream().anyMatch(actor -> Gathered.names(schedule, actor, type));
    }

    /** The first one referred to. */
    private @Nullable Item role(Item schedule, List<JsonNode> actors) {
        for (JsonNode actor : actors) {
            Item role = ways.follow(schedule, actor, "PractitionerRole");
            if (role != null || Gathered.names(schedule, actor, "PractitionerRole")) {
                evidence.demand(
                        AgendaRule.ORPHAN_ROLE,
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
    private @Nullable Item practitioner(Item schedule, @Nullable Item role, List<JsonNode> actors) {
        Item practitioner = null;
        String lost = null;
        for (JsonNode actor : actors) {
            if (practitioner == null && Gathered.names(schedule, actor, "Practitioner")) {
                practitioner = ways.follow(schedule, actor, "Practitioner");
                lost = practitioner == null ? actor.path("reference").asText(null) : null;
            }
        }
        Item ofRole = role == null ? null : ways.follow(role, role.at("practitioner"), "Practitioner");
        if (role != null
                && practitioner != null
                && Item.isThere(role.at("practitioner").path("reference"))) {
            evidence.demand(
                    AgendaRule.ROLE_OF_ANOTHER,
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
        evidence.demand(AgendaRule.ORPHAN_ACTOR, said, schedule, "actor", lost);
        return practitioner;
    }

    /** Identifiers given instead of references. */
    private List<JsonNode> logical(Item schedule, @Nullable Item role, List<JsonNode> actors) {
        List<JsonNode> identifiers = new ArrayList<>();
        for (JsonNode actor : actors) {
            if (!Gathered.names(schedule, actor, "PractitionerRole")) {
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
        if (identifier.isObject() && inUse.holds(identifier)) {
            identifiers.add(identifier);
        }
    }

    /** The role's first Location, else the Schedule's. */
    private @Nullable Item place(Item schedule, @Nullable Item role, List<JsonNode> actors) {
        for (JsonNode reference : role == null ? List.<JsonNode>of() : Item.list(role.at("location"))) {
            Item place = ways.follow(role, reference, "Location");
            if (place != null || Item.isThere(reference.path("reference"))) {
                demandPlace(place, role, "location", reference);
                return place;
            }
        }
        for (JsonNode actor : actors) {
            if (Gathered.names(schedule, actor, "Location")) {
                Item place = ways.follow(schedule, actor, "Location");
                demandPlace(place, schedule, "actor", actor);
                return place;
            }
        }
        return null;
    }

    private void demandPlace(@Nullable Item place, @Nullable Item of, String element, JsonNode reference) {
        if (of != null) {
            evidence.demand(
                    AgendaRule.ORPHAN_LOCATION,
                    place != null,
                    of,
                    element,
                    reference.path("reference").asText(null));
        }
    }

    private SortedSet<StructureId> structures(@Nullable Item role, @Nullable Item organization, @Nullable Item place) {
        SortedSet<StructureId> ids = new TreeSet<>();
        List<JsonNode> identifiers = new ArrayList<>(2);
        if (role != null) {
            addInUse(role.at("organization"), identifiers);
        }
        if (organization != null) {
            identifiers.addAll(inUse.among(organization.at("identifier")));
        }
        if (place != null) {
            NationalIds.ofLocation(inUse.among(place.at("identifier")), ids);
            addInUse(place.at("managingOrganization"), identifiers);
        }
        NationalIds.ofOrganization(identifiers, ids);
        return ids;
    }

    private PostalAddress address(@Nullable Item place, @Nullable Item organization) {
        JsonNode ofPlace = place == null ? null : place.at("address");
        if (ofPlace != null && ofPlace.isObject() && inUse.holds(ofPlace)) {
            return PostalAddress.of(ofPlace);
        }
        List<JsonNode> others = organization == null ? List.of() : inUse.among(organization.at("address"));
        return others.isEmpty() ? PostalAddress.UNKNOWN : PostalAddress.of(others.getFirst());
    }

    private static @Nullable String key(PostalAddress address) {
        return PlaceKeys.ofAddress(address.line(), address.postalCode(), address.city());
    }

    void judgeRole(Item role) {
        people.judgeActive(role);
        List<JsonNode> locations = Item.list(role.at("location"));
        JsonNode reference = locations.isEmpty() ? role.at("location") : locations.getFirst();
        Item location = gathered.follow(role, reference, "Location");
        boolean placed = hasStructure(role) || !locations.isEmpty() && (location == null || hasAddress(location));
        if (!gathered.isWhole()) {
            evidence.demand(AgendaRule.NO_PLACE, placed, role, "", null);
        }
        if (!placed) {
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
        if (!gathered.isWhole() && address != null && address.startsWith("#")) {
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
        boolean complete = isComplete(location.at("address")) && people.isInUse(location.at("address"));
        evidence.demand(AgendaRule.ADDRESS_INCOMPLETE, complete, location, "address", null);
    }

    static boolean isComplete(JsonNode address) {
        return address.path("line").size() == 1
                && Item.isThere(address.path("line").path(0))
                && Item.isThere(address.path("city"))
                && Item.isThere(address.path("postalCode"));
    }

    private boolean hasAddress(Item location) {
        JsonNode address = location.at("address");
        return people.isInUse(address) && key(PostalAddress.of(address)) != null;
    }

    private boolean hasStructure(Item role) {
        return identifiers(role).stream()
                .filter(people::isInUse)
                .anyMatch(id -> StructureId.parse(id.path("value").textValue()).isPresent());
    }

    private void judgeOrganization(Item role) {
        List<JsonNode> identifiers = identifiers(role);
        if (evidence.demand(
                AgendaRule.STRUCTURE_MISSING, !identifiers.isEmpty(), role, "organization.identifier", null)) {
            people.judgeStructure(role, "organization.identifier", identifiers.getFirst());
        }
    }

    /** Those of the reference itself, or of the Organization it refers to. */
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
