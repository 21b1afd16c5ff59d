package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirInteraction.Capability;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.search.parameter.SearchedSubjects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The CapabilityStatement: what this server supports, in terms of the guide's "GestionnaireAgenda" actors. Written
 * once, on the first request for it, which is the node's own while it warms up; without HAPI, whose model of FHIR costs a
 * second of CPU when it is first used.
 */
@Component
class Metadata {

    private static final String DATES =
            "A lower and an upper bound, both required: ge, gt or sa, and le, lt or eb, or one value without prefix (eq) for"
                    + " both; to the year, month, day, minute, second or finer; without offset Europe/Paris";
    private static final String STATUSES =
            "free, with or without http://hl7.org/fhir/slotstatus; the hub holds no others";

    private static final String TOKEN = "token";
    private static final String DATE = "date";

    private final SingletonSupplier<byte[]> json;

    Metadata(List<FhirInteraction> interactions, Clock clock) {
        Instant since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.json = SingletonSupplier.of(() -> written(interactions, since));
    }

    private static byte[] written(List<FhirInteraction> interactions, Instant since) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        ObjectNode rest = statement(statement, since);
        interactions.stream()
                .flatMap(interaction -> interaction.capabilities().stream())
                .sorted(Comparator.comparing(Capability::type).thenComparing(Capability::interaction))
                .forEach(capability -> add(rest, capability));
        return statement.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] json() {
        return json.obtain();
    }

    /** @return what it says of REST */
    private static ObjectNode statement(ObjectNode statement, Instant date) {
        statement.put("resourceType", "CapabilityStatement");
        statement.put("name", "SasHub").put("title", "SAS editor integration hub");
        statement.put("status", "active").put("date", date.toString()).put("kind", "instance");
        statement.putObject("software").put("name", "sas-hub");
        statement
                .putObject("implementation")
                .put("description", "Free slots of every connected vendor and of the agendas entered by hand");
        statement.put("fhirVersion", "4.0.1");
        statement.putArray("format").add(FhirMediaTypes.JSON).add(FhirMediaTypes.XML);
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        ObjectNode slot = resource(rest, "Slot", SLOT, CPTS_SLOT, SOS_SLOT);
        search(slot);
        slot.withArray("searchInclude").add("Slot:schedule");
        slot.withArray("searchInclude").add("Schedule:actor");
        slot.withArray("searchInclude").add("Slot:service-type-reference");
        slot.withArray("searchInclude").add("HealthcareService:organization");
        slot.withArray("searchInclude").add("Location:organization");
        parameter(slot, "start", DATE, DATES);
        parameter(slot, "status", TOKEN, STATUSES);
        parameter(
                slot,
                "schedule.actor:Practitioner.identifier",
                TOKEN,
                "1 to " + SearchedSubjects.MOST + " national identifiers separated by commas, with or without"
                        + " prefix and system");
        parameter(
                slot,
                SearchQuery.CENTRES,
                TOKEN,
                "instead of practitioners: 1 to " + SearchedSubjects.MOST
                        + " FINESS or SIRET numbers of health centres, with or without prefix");
        parameter(slot, SearchQuery.PARTICIPATION, TOKEN, "true or false: only practitioners who (do not) participate")
                .put("definition", PARTICIPATION_SEARCH);
        parameter(
                        slot,
                        SearchQuery.EMERGENCY_REORIENTATION,
                        TOKEN,
                        "true or false: only practitioners who (do not) accept patients reoriented by emergency "
                                + "departments")
                .put("definition", EMERGENCY_REORIENTATION_SEARCH);
        ObjectNode schedule = resource(rest, "Schedule", SCHEDULE, SOS_SCHEDULE);
        search(schedule);
        schedule.withArray("searchInclude").add("Schedule:actor:Location");
        schedule.withArray("searchInclude").add("Location:organization");
        schedule.withArray("searchRevInclude").add("Slot:schedule");
        parameter(schedule, "_has:Slot:schedule:start", DATE, DATES);
        parameter(schedule, "_has:Slot:schedule:status", TOKEN, STATUSES);
        parameter(
                schedule,
                "actor:Location.organization.identifier",
                TOKEN,
                "1 to " + SearchedSubjects.MOST + " identifiers of SOS Médecins associations");
        resource(rest, "Practitioner", PRACTITIONER);
        addRoles(rest);
        resource(rest, "Location", SOS_LOCATION, LOCATION);
        resource(rest, "HealthcareService", CPTS_SERVICE);
        resource(rest, "Organization", CPTS_ORGANIZATION, SOS_ORGANIZATION);
        return rest;
    }

    /** The hub's own search (docs/decisions/0036). */
    private static void addRoles(ObjectNode rest) {
        ObjectNode role = resource(rest, "PractitionerRole", PRACTITIONER_ROLE);
        search(role);
        role.put(
                "documentation",
                "Who may be called, with or without a free slot: each role found satisfies every parameter");
        role.withArray("searchInclude").add("PractitionerRole:practitioner");
        role.withArray("searchInclude").add("PractitionerRole:organization");
        parameter(
                role,
                RoleQuery.PRACTITIONERS,
                TOKEN,
                "1 to " + SearchedSubjects.MOST + " national identifiers, with or without prefix");
        parameter(
                role,
                RoleQuery.ORGANIZATIONS,
                TOKEN,
                "of the place of practice: 1 to " + SearchedSubjects.MOST
                        + " national identifiers of structures, with or without prefix");
        parameter(
                role,
                RoleQuery.POSTAL_CODES,
                "string",
                "of the place of practice: 1 to " + SearchedSubjects.MOST + " postal codes or prefixes of postal "
                        + "codes");
        parameter(
                        role,
                        SearchQuery.PARTICIPATION,
                        TOKEN,
                        "true or false: only roles in which the practitioner may (not) be called beyond their slots")
                .put("definition", ROLE_PARTICIPATION_SEARCH);
        parameter(
                        role,
                        SearchQuery.EMERGENCY_REORIENTATION,
                        TOKEN,
                        "true or false: only practitioners who (do not) accept patients reoriented by emergency "
                                + "departments")
                .put("definition", ROLE_EMERGENCY_REORIENTATION_SEARCH);
    }

    private static void add(ObjectNode rest, Capability capability) {
        String said = capability.interaction();
        ObjectNode where = capability.type().isEmpty() ? rest : ofType(rest, capability.type());
        if (said.startsWith("$")) {
            where.withArray("operation")
                    .addObject()
                    .put("name", said.substring(1))
                    .put("definition", OPERATIONS + said.substring(1))
                    .put("documentation", capability.documentation());
        } else {
            where.withArray("interaction")
                    .addObject()
                    .put("code", said)
                    .put("documentation", capability.documentation());
        }
    }

    private static ObjectNode ofType(ObjectNode rest, String type) {
        for (JsonNode resource : rest.withArray("resource")) {
            if (resource.path("type").asText().equals(type)) {
                return (ObjectNode) resource;
            }
        }
        return rest.withArray("resource").addObject().put("type", type);
    }

    private static ObjectNode resource(ObjectNode rest, String type, String... profiles) {
        ObjectNode resource = rest.withArray("resource").addObject().put("type", type);
        List.of(profiles)
                .forEach(profile -> resource.withArray("supportedProfile").add(profile));
        resource.withArray("interaction").addObject().put("code", "read");
        return resource;
    }

    private static void search(ObjectNode resource) {
        resource.withArray("interaction").addObject().put("code", "search-type");
    }

    private static ObjectNode parameter(ObjectNode resource, String name, String type, String documentation) {
        return resource.withArray("searchParam")
                .addObject()
                .put("name", name)
                .put("type", type)
                .put("documentation", documentation);
    }
}
