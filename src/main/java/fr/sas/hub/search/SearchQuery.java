package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A search as the guide writes it (DOMAIN §4), understood.
 *
 * @param subjects known to be well-formed, each once; identifiers of another form or system find nothing
 * @param participation only of who does (not) participate; null for everybody
 * @param emergencyReorientation only of who does (not) take patients reoriented by emergency departments; null for everybody
 * @param count the page size asked for; null means one whole answer
 * @param after where the page begins; null at the first
 * @param ignored parameters left aside because the caller asked for lenient handling
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
        List<String> ignored) {

    enum Kind {
        /** INT_R01. */
        INDIVIDUAL,
        /** INT_R04: the same with the CPTS includes. */
        CPTS,
        /** The hub's own: a health centre's slots, in the shape of INT_R01 (docs/decisions/0013). */
        CENTRES,
        SOS
    }

    enum Include {
        SCHEDULE,
        ACTOR,
        COMMUNITY_SERVICE,
        COMMUNITY_ORGANIZATION,
        MANAGING_ORGANIZATION,
        SLOT
    }

    static final int MOST_SUBJECTS = 25;
    static final String AFTER = "_after";
    static final String PARTICIPATION = "participation";
    static final String EMERGENCY_REORIENTATION = "emergency-reorientation";

    private static final String PRACTITIONERS = "schedule.actor:Practitioner.identifier";
    static final String CENTRES = "schedule.actor:Location.organization.identifier";
    private static final String ASSOCIATIONS = "actor:Location.organization.identifier";
    private static final String HAS = "_has:Slot:schedule:";
    private static final Set<String> COMMON =
            Set.of("_include", "_include:iterate", "_revinclude", "_count", AFTER, "_format", "_pretty");

    boolean includes(Include include) {
        return includes.contains(include);
    }

    /** Those of the subjects that the search is about. */
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
        return (participation == null || participation == subject.participates)
                && (emergencyReorientation == null || emergencyReorientation == subject.takesReorientedPatients);
    }

    static SearchQuery ofSlots(QueryString query, boolean lenient) {
        Set<String> known =
                with(COMMON, PRACTITIONERS, CENTRES, "start", "status", PARTICIPATION, EMERGENCY_REORIENTATION);
        List<String> ignored = unknown(query, known, lenient);
        Set<Include> includes = includes(query, lenient);
        boolean ofCentres = !query.all(CENTRES).isEmpty();
        if (ofCentres && !query.all(PRACTITIONERS).isEmpty()) {
            throw FhirRefusal.malformed(
                    CENTRES,
                    "not together with " + PRACTITIONERS + ": nothing is a practitioner's and a centre's slot");
        }
        return new SearchQuery(
                ofCentres ? Kind.CENTRES : includes.contains(Include.COMMUNITY_SERVICE) ? Kind.CPTS : Kind.INDIVIDUAL,
                ofCentres
                        ? subjects(query, CENTRES, StructureId.SYSTEM, StructureId::parse)
                        : subjects(query, PRACTITIONERS, PractitionerId.SYSTEM, PractitionerId::parse),
                StartBounds.read(query, "start"),
                !query.required("status").contains("free"),
                yesOrNo(query, PARTICIPATION),
                yesOrNo(query, EMERGENCY_REORIENTATION),
                includes,
                count(query),
                query.single(AFTER),
                ignored);
    }

    static SearchQuery ofSchedules(QueryString query, boolean lenient) {
        Set<String> known = with(COMMON, ASSOCIATIONS, HAS + "start", HAS + "status");
        List<String> ignored = unknown(query, known, lenient);
        return new SearchQuery(
                Kind.SOS,
                subjects(query, ASSOCIATIONS, StructureId.SYSTEM, StructureId::parse),
                StartBounds.read(query, HAS + "start"),
                !query.required(HAS + "status").contains("free"),
                null,
                null,
                includes(query, lenient),
                count(query),
                query.single(AFTER),
                ignored);
    }

    private static Set<String> with(Set<String> common, String... own) {
        Set<String> all = new LinkedHashSet<>(common);
        all.addAll(List.of(own));
        return all;
    }

    private static List<String> unknown(QueryString query, Set<String> known, boolean lenient) {
        List<String> unknown = query.unknown(known);
        if (!unknown.isEmpty() && !lenient) {
            throw new FhirRefusal(
                    400,
                    "not-supported",
                    "Unknown search parameter " + String.join(", ", unknown) + "; Prefer: handling=lenient ignores it");
        }
        return unknown;
    }

    private static <S extends Subject> List<Subject> subjects(
            QueryString query, String name, String system, Function<String, Optional<S>> parser) {
        Set<String> tokens = new LinkedHashSet<>(query.required(name));
        if (tokens.size() > MOST_SUBJECTS) {
            throw FhirRefusal.malformed(name, "at most " + MOST_SUBJECTS + " identifiers, not " + tokens.size());
        }
        Set<Subject> subjects = new LinkedHashSet<>();
        for (String token : tokens) {
            int bar = token.indexOf('|');
            if (bar <= 0 || token.substring(0, bar).equals(system)) {
                parser.apply(token.substring(bar + 1)).ifPresent(subjects::add);
            }
        }
        return new ArrayList<>(subjects);
    }

    private static Set<Include> includes(QueryString query, boolean lenient) {
        Set<Include> includes = new LinkedHashSet<>();
        for (String name : List.of("_include", "_include:iterate", "_revinclude")) {
            for (String value : query.all(name)) {
                switch (value) {
                    case "Slot:schedule" -> includes.add(name.equals("_revinclude") ? Include.SLOT : Include.SCHEDULE);
                    case "Schedule:actor",
                            "Schedule:actor:Location",
                            "Schedule:actor:Practitioner",
                            "Schedule:actor:PractitionerRole" -> includes.add(Include.ACTOR);
                    case "Slot:service-type-reference" -> includes.add(Include.COMMUNITY_SERVICE);
                    case "HealthcareService:organization" -> includes.add(Include.COMMUNITY_ORGANIZATION);
                    case "Location:organization" -> includes.add(Include.MANAGING_ORGANIZATION);
                    default -> {
                        if (!lenient) {
                            throw FhirRefusal.malformed(name, "cannot include " + value);
                        }
                    }
                }
            }
        }
        return includes;
    }

    private static @Nullable Boolean yesOrNo(QueryString query, String name) {
        String value = query.single(name);
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw FhirRefusal.malformed(name, "true or false, not " + value);
        };
    }

    private static @Nullable Integer count(QueryString query) {
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
