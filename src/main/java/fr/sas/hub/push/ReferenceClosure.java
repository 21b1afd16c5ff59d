package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Schedules with everything they refer to, directly or indirectly, to find out whose they are, and where. */
final class ReferenceClosure {

    /** Schedule, role, location or service, organization: no reference leads further. */
    private static final int LONGEST_PATH = 4;

    private final Map<ResourceAddress, String> contents;
    private final ResourcesInHand resources;

    private ReferenceClosure(Map<ResourceAddress, String> contents, ResourcesInHand resources) {
        this.contents = contents;
        this.resources = resources;
    }

    /**
     * @param schedules contents, from {@code resources}
     * @param more addresses that other resources, such as Slots, refer to
     */
    static ReferenceClosure of(
            Map<ResourceAddress, String> schedules, Collection<ResourceAddress> more, ResourcesInHand resources) {
        ReferenceClosure closure = new ReferenceClosure(new LinkedHashMap<>(schedules), resources);
        Set<ResourceAddress> looked = new HashSet<>(schedules.keySet());
        Set<ResourceAddress> next = new LinkedHashSet<>(more);
        schedules.keySet().forEach(address -> next.addAll(closure.referredTo(address)));
        for (int step = 0; step < LONGEST_PATH && !next.isEmpty(); step++) {
            next.removeAll(looked);
            looked.addAll(next);
            Map<ResourceAddress, String> found = resources.contents(next);
            closure.contents.putAll(found);
            next.clear();
            found.keySet().forEach(address -> next.addAll(closure.referredTo(address)));
        }
        return closure;
    }

    Map<ResourceAddress, String> contents() {
        return contents;
    }

    @Nullable
    JsonNode find(ResourceAddress address) {
        return contents.containsKey(address) ? resources.tree(address) : null;
    }

    private Set<ResourceAddress> referredTo(ResourceAddress address) {
        JsonNode tree = find(address);
        return tree == null ? Set.of() : references(tree);
    }

    /** What a resource refers to, apart from Slots and Schedules, which are never needed. */
    static Set<ResourceAddress> references(JsonNode resource) {
        Set<String> references = new LinkedHashSet<>();
        ResourceContent.collect(resource, references);
        Set<ResourceAddress> addresses = new LinkedHashSet<>();
        for (String reference : references) {
            ResourceAddress address = ResourceAddress.parse(reference);
            if (address != null
                    && !address.type().equals("Slot")
                    && !address.type().equals("Schedule")) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** Whose Schedule it may be: everyone whom its actors name by a national identifier. */
    Set<String> subjectsOf(JsonNode schedule) {
        Set<String> subjects = new TreeSet<>();
        for (JsonNode actor : schedule.path("actor")) {
            practitioner(actor, subjects);
            for (JsonNode role : targets(actor, schedule, "PractitionerRole")) {
                practitioner(role.path("practitioner"), subjects);
            }
            for (JsonNode location : targets(actor, schedule, "Location")) {
                association(location.path("managingOrganization"), location, subjects);
            }
        }
        return subjects;
    }

    private void practitioner(JsonNode reference, Set<String> subjects) {
        identifier(reference.path("identifier"), subjects);
        for (JsonNode practitioner : targets(reference, reference, "Practitioner")) {
            practitioner.path("identifier").forEach(identifier -> identifier(identifier, subjects));
        }
    }

    private static void identifier(JsonNode identifier, Set<String> subjects) {
        String system = identifier.path("system").asText("");
        boolean national = system.equals(FhirVocabulary.PRACTITIONER_IDS)
                || system.isEmpty()
                || isOfType(identifier, FhirVocabulary.NATIONAL_PERSON);
        if (national && identifier.path("value").isTextual()) {
            PractitionerId.parse(identifier.path("value").textValue())
                    .map(Subject::value)
                    .ifPresent(subjects::add);
        }
    }

    private void association(JsonNode reference, JsonNode location, Set<String> subjects) {
        List<JsonNode> identifiers = new ArrayList<>();
        identifiers.add(reference.path("identifier"));
        for (JsonNode organization : targets(reference, location, "Organization")) {
            organization.path("identifier").forEach(identifiers::add);
        }
        for (JsonNode identifier : identifiers) {
            if (identifier.path("value").isTextual() && !isOfType(identifier, FhirVocabulary.INTERNAL)) {
                StructureId.parse(identifier.path("value").textValue())
                        .map(Subject::value)
                        .ifPresent(subjects::add);
            }
        }
    }

    private static boolean isOfType(JsonNode identifier, String code) {
        for (JsonNode coding : identifier.path("type").path("coding")) {
            if (coding.path("code").asText().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The target of a reference, if it has that type: one of the vendor's resources, or one contained in {@code in}.
     */
    private List<JsonNode> targets(JsonNode reference, JsonNode in, String type) {
        String text = reference.path("reference").asText("");
        if (text.startsWith("#")) {
            for (JsonNode contained : in.path("contained")) {
                if (contained.path("id").asText().equals(text.substring(1))
                        && contained.path("resourceType").asText().equals(type)) {
                    return List.of(contained);
                }
            }
            return List.of();
        }
        ResourceAddress address = ResourceAddress.parse(text);
        JsonNode found = address == null || !address.type().equals(type) ? null : find(address);
        return found == null ? List.of() : List.of(found);
    }

    /** The time zone of the Schedule's place: that of the first postal code found, otherwise of mainland France. */
    ZoneId zoneOf(JsonNode schedule) {
        for (JsonNode actor : schedule.path("actor")) {
            List<JsonNode> locations = new ArrayList<>(targets(actor, schedule, "Location"));
            for (JsonNode role : targets(actor, schedule, "PractitionerRole")) {
                role.path("location").forEach(reference -> locations.addAll(targets(reference, role, "Location")));
            }
            for (JsonNode location : locations) {
                String postalCode = location.path("address").path("postalCode").asText("");
                if (!postalCode.isBlank()) {
                    return PlaceZones.ofPostalCode(postalCode.strip());
                }
            }
        }
        return PlaceZones.MAINLAND;
    }
}
