package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.search.parameter.SearchedSubjects;
import fr.sas.hub.search.parameter.StartBounds;
import fr.sas.hub.search.parameter.StatusTokens;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed search of the form the guide defines (DOMAIN §4).
 *
 * @param subjects well-formed, without duplicates; identifiers of another form or system match nothing
 * @param participation only places where the practitioner does (not) participate; null for all
 * @param emergencyReorientation only practitioners who (do not) accept patients reoriented by emergency
 *     departments; null for all
 * @param count the requested page size; null for the whole answer at once
 * @param after the mark after which the page begins; null for the first page
 * @param remarks what the caller should know about how the search was interpreted: what was ignored because lenient
 *     handling was requested, and what cannot match anything
 */
record SearchQuery(
        Kind kind,
        List<Subject> subjects,
        Window window,
        boolean nothingFits,
        @Nullable Boolean participation,
        @Nullable Boolean emergencyReorientation,
        Set<Include> includes,
        @Nullable Integer count,
        @Nullable String after,
        List<OutcomeIssue> remarks) {

    enum Kind {
        /** INT_R01. */
        INDIVIDUAL,
        /** INT_R04: the same with the includes for CPTS. */
        CPTS,
        /** The hub's own: slots of a health centre, in the form of INT_R01 (docs/decisions/0013). */
        CENTRES,
        SOS
    }

    enum Include {
        SCHEDULE,
        PRACTITIONER,
        ROLE,
        LOCATION,
        COMMUNITY_SERVICE,
        COMMUNITY_ORGANIZATION,
        MANAGING_ORGANIZATION,
        SLOT
    }

    static final String AFTER = "_after";
    static final String PARTICIPATION = "participation";
    static final String EMERGENCY_REORIENTATION = "emergency-reorientation";

    private static final String PRACTITIONERS = "schedule.actor:Practitioner.identifier";
    static final String CENTRES = "schedule.actor:Location.organization.identifier";
    private static final String ASSOCIATIONS = "actor:Location.organization.identifier";
    private static final String HAS = "_has:Slot:schedule:";
    private static final Set<String> COMMON =
            Set.of("_include", "_include:iterate", "_revinclude", "_count", AFTER, "_format", "_pretty");

    private static final Set<String> OF_SLOTS =
            common(PRACTITIONERS, CENTRES, "start", "status", PARTICIPATION, EMERGENCY_REORIENTATION);
    private static final Set<String> OF_SCHEDULES = common(ASSOCIATIONS, HAS + "start", HAS + "status");

    /** The same chains with every type spelled out. */
    private static final Map<String, String> TYPED_CHAINS = Map.of(
            "schedule:Schedule.actor:Practitioner.identifier", PRACTITIONERS,
            "schedule:Schedule.actor:Location.organization.identifier", CENTRES,
            "schedule.actor:Location.organization:Organization.identifier", CENTRES,
            "schedule:Schedule.actor:Location.organization:Organization.identifier", CENTRES,
            "actor:Location.organization:Organization.identifier", ASSOCIATIONS);

    private static final Map<String, Set<Include>> INCLUDES_OF_SCHEDULES = Map.of(
            "_include=Schedule:actor", EnumSet.of(Include.PRACTITIONER, Include.ROLE, Include.LOCATION),
            "_include=Schedule:actor:Practitioner", EnumSet.of(Include.PRACTITIONER),
            "_include=Schedule:actor:PractitionerRole", EnumSet.of(Include.ROLE),
            "_include=Schedule:actor:Location", EnumSet.of(Include.LOCATION),
            "_include=Location:organization", EnumSet.of(Include.MANAGING_ORGANIZATION),
            "_include=Location:organization:Organization", EnumSet.of(Include.MANAGING_ORGANIZATION),
            "_revinclude=Slot:schedule", EnumSet.of(Include.SLOT),
            "_revinclude=Slot:schedule:Schedule", EnumSet.of(Include.SLOT));

    private static final Map<String, Set<Include>> INCLUDES_OF_SLOTS = new HashMap<>(INCLUDES_OF_SCHEDULES);

    static {
        INCLUDES_OF_SLOTS.keySet().removeIf(include -> include.startsWith("_revinclude"));
        INCLUDES_OF_SLOTS.putAll(Map.of(
                "_include=Slot:schedule", EnumSet.of(Include.SCHEDULE),
                "_include=Slot:schedule:Schedule", EnumSet.of(Include.SCHEDULE),
                "_include=Slot:service-type-reference", EnumSet.of(Include.COMMUNITY_SERVICE),
                "_include=Slot:service-type-reference:HealthcareService", EnumSet.of(Include.COMMUNITY_SERVICE),
                "_include=HealthcareService:organization", EnumSet.of(Include.COMMUNITY_ORGANIZATION),
                "_include=HealthcareService:organization:Organization", EnumSet.of(Include.COMMUNITY_ORGANIZATION)));
    }

    boolean includes(Include include) {
        return includes.contains(include);
    }

    /** Whether slots are sent with the communities they belong to (INT_R04). */
    boolean isForCommunities() {
        return kind == Kind.CPTS;
    }

    /** The subjects found that match this search. */
    List<ShelvedSubject> wanted(List<ShelvedSubject> found) {
        return switch (kind) {
            case INDIVIDUAL, CPTS ->
                participation == null && emergencyReorientation == null
                        ? found
                        : found.stream().filter(this::wants).toList();
            case CENTRES ->
                found.stream()
                        .filter(subject -> subject.isCentre && wants(subject))
                        .toList();
            case SOS -> found.stream().filter(subject -> !subject.isCentre).toList();
        };
    }

    private boolean wants(ShelvedSubject subject) {
        return (participation == null || (participation ? subject.participates : !subject.participatesEverywhere))
                && (emergencyReorientation == null || emergencyReorientation == subject.takesReorientedPatients);
    }

    /** Whether only some of a matching subject's places match. */
    boolean choosesPlaces(ShelvedSubject subject) {
        return participation != null && subject.participates && !subject.participatesEverywhere;
    }

    boolean wants(ShelvedSubject.ShelvedSchedule schedule) {
        return participation == null || participation == schedule.participates();
    }

    static SearchQuery ofSlots(QueryString asked, boolean lenient) {
        QueryString query = asked.renamed(TYPED_CHAINS);
        List<String> ignored = new ArrayList<>(unknown(query, OF_SLOTS, lenient));
        Set<Include> includes = includes(query, INCLUDES_OF_SLOTS, lenient, ignored);
        boolean ofCentres = !query.all(CENTRES).isEmpty();
        if (ofCentres && !query.all(PRACTITIONERS).isEmpty()) {
            throw FhirRefusal.malformed(
                    CENTRES,
                    "not together with " + PRACTITIONERS + ": no slot belongs to both a practitioner and a centre");
        }
        return of(
                ofCentres ? Kind.CENTRES : includes.contains(Include.COMMUNITY_SERVICE) ? Kind.CPTS : Kind.INDIVIDUAL,
                query,
                ofCentres ? CENTRES : PRACTITIONERS,
                "",
                includes,
                ignored);
    }

    static SearchQuery ofSchedules(QueryString asked, boolean lenient) {
        QueryString query = asked.renamed(TYPED_CHAINS);
        List<String> ignored = new ArrayList<>(unknown(query, OF_SCHEDULES, lenient));
        Set<Include> includes = includes(query, INCLUDES_OF_SCHEDULES, lenient, ignored);
        return of(Kind.SOS, query, ASSOCIATIONS, HAS, includes, ignored);
    }

    /** @param ofSlot prefix of the names of a slot's own parameters */
    private static SearchQuery of(
            Kind kind,
            QueryString query,
            String identifiers,
            String ofSlot,
            Set<Include> includes,
            List<String> ignored) {
        List<OutcomeIssue> remarks = new ArrayList<>(remarks(ignored));
        SearchedSubjects searched = identifiers.equals(PRACTITIONERS)
                ? SearchedSubjects.ofPractitioners(query, identifiers)
                : SearchedSubjects.ofStructures(query, identifiers);
        remarks.addAll(searched.remarks());
        boolean free = StatusTokens.holdFree(query, ofSlot + "status");
        if (!free) {
            remarks.add(OutcomeIssue.warning(
                    "not-found", "Parameter " + ofSlot + "status: the hub holds only free slots; no others are found"));
        }
        return new SearchQuery(
                kind,
                searched.subjects(),
                StartBounds.read(query, ofSlot + "start"),
                !free,
                kind == Kind.SOS ? null : yesOrNo(query, PARTICIPATION),
                kind == Kind.SOS ? null : yesOrNo(query, EMERGENCY_REORIENTATION),
                includes,
                count(query),
                query.single(AFTER),
                List.copyOf(remarks));
    }

    private static Set<String> common(String... own) {
        return Stream.concat(COMMON.stream(), Stream.of(own)).collect(Collectors.toUnmodifiableSet());
    }

    static List<String> unknown(QueryString query, Set<String> known, boolean lenient) {
        List<String> unknown = query.unknown(known);
        if (!unknown.isEmpty() && !lenient) {
            throw new FhirRefusal(
                    400,
                    "not-supported",
                    "Unknown search parameter " + String.join(", ", unknown) + "; Prefer: handling=lenient ignores it");
        }
        return unknown;
    }

    static List<OutcomeIssue> remarks(List<String> ignored) {
        return ignored.isEmpty()
                ? List.of()
                : List.of(OutcomeIssue.information(
                        "not-supported", "Ignored, as requested: " + String.join(", ", ignored)));
    }

    private static Set<Include> includes(
            QueryString query, Map<String, Set<Include>> known, boolean lenient, List<String> ignored) {
        Set<Include> includes = EnumSet.noneOf(Include.class);
        for (String name : List.of("_include", "_include:iterate", "_revinclude")) {
            for (String value : query.all(name)) {
                Set<Include> meant = known.get(name.replace(":iterate", "") + "=" + value);
                if (meant != null) {
                    includes.addAll(meant);
                } else if (lenient) {
                    ignored.add(name + "=" + value);
                } else {
                    throw FhirRefusal.malformed(name, "cannot include " + value);
                }
            }
        }
        return includes;
    }

    static @Nullable Boolean yesOrNo(QueryString query, String name) {
        String value = query.single(name);
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw FhirRefusal.malformed(name, "true or false, not " + value);
        };
    }

    static @Nullable Integer count(QueryString query) {
        String count = query.single("_count");
        if (count == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(count.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw FhirRefusal.malformed("_count", "not a number: " + count);
        }
        throw FhirRefusal.malformed("_count", "not negative: " + count);
    }
}
