package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.*;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.access.FhirInteraction;
import fr.sas.hub.access.FhirInteraction.Capability;
import fr.sas.hub.fhir.FhirMediaTypes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The CapabilityStatement: what this server supports, in terms of the guide's "GestionnaireAgenda" actors. Written
 * once, on the first request for it.
 */
@Component
class Metadata {

    private static final String DATES =
            "A lower and an upper bound, both required: ge, gt or sa, and le, lt or eb, or one value without prefix (eq) for"
                    + " both; to the year, month, day, minute, second or finer; without offset Europe/Paris";
    private static final String STATUSES =
            "free, with or without http://hl7.org/fhir/slotstatus; the hub holds no others";

    private final SingletonSupplier<byte[]> json;

    Metadata(FhirContext fhir, List<FhirInteraction> interactions, Clock clock) {
        Date since = Date.from(clock.instant());
        this.json = SingletonSupplier.of(() -> written(fhir, interactions, since));
    }

    private static byte[] written(FhirContext fhir, List<FhirInteraction> interactions, Date since) {
        CapabilityStatement statement = statement(since);
        interactions.stream()
                .flatMap(interaction -> interaction.capabilities().stream())
                .sorted(Comparator.comparing(Capability::type).thenComparing(Capability::interaction))
                .forEach(capability -> add(statement.getRestFirstRep(), capability));
        return fhir.newJsonParser().encodeResourceToString(statement).getBytes(StandardCharsets.UTF_8);
    }

    byte[] json() {
        return json.obtain();
    }

    private static CapabilityStatement statement(Date date) {
        CapabilityStatement statement = new CapabilityStatement()
                .setStatus(PublicationStatus.ACTIVE)
                .setDate(date)
                .setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE)
                .setFhirVersion(FHIRVersion._4_0_1);
        statement.addFormat(FhirMediaTypes.JSON);
        statement.addFormat(FhirMediaTypes.XML);
        statement.setName("SasHub").setTitle("SAS editor integration hub");
        statement.getSoftware().setName("sas-hub");
        statement
                .getImplementation()
                .setDescription("Free slots of every connected vendor and of the agendas entered by hand");
        CapabilityStatementRestComponent rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        CapabilityStatementRestResourceComponent slot = resource(rest, "Slot", SLOT, CPTS_SLOT, SOS_SLOT);
        search(slot);
        slot.addSearchInclude("Slot:schedule");
        slot.addSearchInclude("Schedule:actor");
        slot.addSearchInclude("Slot:service-type-reference");
        slot.addSearchInclude("HealthcareService:organization");
        slot.addSearchInclude("Location:organization");
        parameter(slot, "start", SearchParamType.DATE, DATES);
        parameter(slot, "status", SearchParamType.TOKEN, STATUSES);
        parameter(
                slot,
                "schedule.actor:Practitioner.identifier",
                SearchParamType.TOKEN,
                "1 to " + SearchedSubjects.MOST + " national identifiers separated by commas, with or without"
                        + " prefix and system");
        parameter(
                slot,
                SearchQuery.CENTRES,
                SearchParamType.TOKEN,
                "instead of practitioners: 1 to " + SearchedSubjects.MOST
                        + " FINESS or SIRET numbers of health centres, with or without prefix");
        parameter(
                        slot,
                        SearchQuery.PARTICIPATION,
                        SearchParamType.TOKEN,
                        "true or false: only practitioners who (do not) participate")
                .setDefinition(PARTICIPATION_SEARCH);
        parameter(
                        slot,
                        SearchQuery.EMERGENCY_REORIENTATION,
                        SearchParamType.TOKEN,
                        "true or false: only practitioners who (do not) accept patients reoriented by emergency "
                                + "departments")
                .setDefinition(EMERGENCY_REORIENTATION_SEARCH);
        CapabilityStatementRestResourceComponent schedule = resource(rest, "Schedule", SCHEDULE, SOS_SCHEDULE);
        search(schedule);
        schedule.addSearchInclude("Schedule:actor:Location");
        schedule.addSearchInclude("Location:organization");
        schedule.addSearchRevInclude("Slot:schedule");
        parameter(schedule, "_has:Slot:schedule:start", SearchParamType.DATE, DATES);
        parameter(schedule, "_has:Slot:schedule:status", SearchParamType.TOKEN, STATUSES);
        parameter(
                schedule,
                "actor:Location.organization.identifier",
                SearchParamType.TOKEN,
                "1 to " + SearchedSubjects.MOST + " identifiers of SOS Médecins associations");
        resource(rest, "Practitioner", PRACTITIONER);
        addRoles(rest);
        resource(rest, "Location", SOS_LOCATION, LOCATION);
        resource(rest, "HealthcareService", CPTS_SERVICE);
        resource(rest, "Organization", CPTS_ORGANIZATION, SOS_ORGANIZATION);
        return statement;
    }

    /** The hub's own search (docs/decisions/0036). */
    private static void addRoles(CapabilityStatementRestComponent rest) {
        CapabilityStatementRestResourceComponent role = resource(rest, "PractitionerRole", PRACTITIONER_ROLE);
        search(role);
        role.setDocumentation(
                "Who may be called, with or without a free slot: each role found satisfies every parameter");
        role.addSearchInclude("PractitionerRole:practitioner");
        role.addSearchInclude("PractitionerRole:organization");
        parameter(
                role,
                RoleQuery.PRACTITIONERS,
                SearchParamType.TOKEN,
                "1 to " + SearchedSubjects.MOST + " national identifiers, with or without prefix");
        parameter(
                role,
                RoleQuery.ORGANIZATIONS,
                SearchParamType.TOKEN,
                "of the place of practice: 1 to " + SearchedSubjects.MOST
                        + " national identifiers of structures, with or without prefix");
        parameter(
                role,
                RoleQuery.POSTAL_CODES,
                SearchParamType.STRING,
                "of the place of practice: 1 to " + SearchedSubjects.MOST + " postal codes or prefixes of postal "
                        + "codes");
        parameter(
                        role,
                        SearchQuery.PARTICIPATION,
                        SearchParamType.TOKEN,
                        "true or false: only roles in which the practitioner may (not) be called beyond their slots")
                .setDefinition(ROLE_PARTICIPATION_SEARCH);
        parameter(
                        role,
                        SearchQuery.EMERGENCY_REORIENTATION,
                        SearchParamType.TOKEN,
                        "true or false: only practitioners who (do not) accept patients reoriented by emergency "
                                + "departments")
                .setDefinition(ROLE_EMERGENCY_REORIENTATION_SEARCH);
    }

    private static void add(CapabilityStatementRestComponent rest, Capability capability) {
        boolean ofSystem = capability.type().isEmpty();
        if (capability.interaction().startsWith("$")) {
            var operation = ofSystem
                    ? rest.addOperation()
                    : ofType(rest, capability.type()).addOperation();
            operation
                    .setName(capability.interaction().substring(1))
                    .setDefinition(OPERATIONS + capability.interaction().substring(1))
                    .setDocumentation(capability.documentation());
        } else if (ofSystem) {
            rest.addInteraction()
                    .setCode(SystemRestfulInteraction.fromCode(capability.interaction()))
                    .setDocumentation(capability.documentation());
        } else {
            ofType(rest, capability.type())
                    .addInteraction()
                    .setCode(TypeRestfulInteraction.fromCode(capability.interaction()))
                    .setDocumentation(capability.documentation());
        }
    }

    private static CapabilityStatementRestResourceComponent ofType(CapabilityStatementRestComponent rest, String type) {
        return rest.getResource().stream()
                .filter(resource -> resource.getType().equals(type))
                .findFirst()
                .orElseGet(() -> rest.addResource().setType(type));
    }

    private static CapabilityStatementRestResourceComponent resource(
            CapabilityStatementRestComponent rest, String type, String... profiles) {
        CapabilityStatementRestResourceComponent resource = rest.addResource().setType(type);
        List.of(profiles).forEach(resource::addSupportedProfile);
        resource.addInteraction().setCode(TypeRestfulInteraction.READ);
        return resource;
    }

    private static void search(CapabilityStatementRestResourceComponent resource) {
        resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
    }

    private static CapabilityStatementRestResourceSearchParamComponent parameter(
            CapabilityStatementRestResourceComponent resource,
            String name,
            SearchParamType type,
            String documentation) {
        return resource.addSearchParam().setName(name).setType(type).setDocumentation(documentation);
    }
}
