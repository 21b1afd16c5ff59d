package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.search.parameter.SearchedSubjects;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A parsed search for PractitionerRoles (docs/decisions/0036). A role must satisfy every parameter.
 *
 * @param practitioners whose roles; null for any
 * @param organizations at which structures; null for any
 * @param postalCodes prefixes of the place's postal code; null for any
 * @param participation only roles in which the practitioner may (not) be called beyond their slots; null for all
 * @param emergencyReorientation only practitioners who (do not) accept patients reoriented by emergency
 *     departments; null for all
 * @param count the requested page size; null for the largest
 * @param after the mark after which the page begins; null for the first page
 * @param remarks what the caller should know about how the search was interpreted
 */
record RoleQuery(
        @Nullable Set<Subject> practitioners,
        @Nullable Set<StructureId> organizations,
        @Nullable Set<String> postalCodes,
        @Nullable Boolean participation,
        @Nullable Boolean emergencyReorientation,
        Set<Include> includes,
        @Nullable Integer count,
        @Nullable String after,
        List<OutcomeIssue> remarks) {

    enum Include {
        PRACTITIONER,
        ORGANIZATION
    }

    static final String PRACTITIONERS = "practitioner.identifier";
    static final String ORGANIZATIONS = "organization.identifier";
    static final String POSTAL_CODES = "location.address-postalcode";

    private static final Set<String> KNOWN = Set.of(
            PRACTITIONERS,
            ORGANIZATIONS,
            POSTAL_CODES,
            SearchQuery.PARTICIPATION,
            SearchQuery.EMERGENCY_REORIENTATION,
            "_include",
            "_count",
            SearchQuery.AFTER,
            "_format",
            "_pretty");

    static RoleQuery of(QueryString query, boolean lenient) {
        List<String> ignored = new ArrayList<>(SearchQuery.unknown(query, KNOWN, lenient));
        Set<Include> includes = includes(query, lenient, ignored);
        List<OutcomeIssue> remarks = new ArrayList<>(SearchQuery.remarks(ignored));
        SearchedSubjects practitioners =
                given(query, PRACTITIONERS) ? SearchedSubjects.ofPractitioners(query, PRACTITIONERS) : null;
        SearchedSubjects organizations =
                given(query, ORGANIZATIONS) ? SearchedSubjects.ofStructures(query, ORGANIZATIONS) : null;
        if (practitioners != null) {
            remarks.addAll(practitioners.remarks());
        }
        if (organizations != null) {
            remarks.addAll(organizations.remarks());
        }
        RoleQuery asked = new RoleQuery(
                practitioners == null ? null : new LinkedHashSet<>(practitioners.subjects()),
                organizations == null ? null : structures(organizations),
                given(query, POSTAL_CODES) ? postalCodes(query) : null,
                SearchQuery.yesOrNo(query, SearchQuery.PARTICIPATION),
                SearchQuery.yesOrNo(query, SearchQuery.EMERGENCY_REORIENTATION),
                includes,
                SearchQuery.count(query),
                query.single(SearchQuery.AFTER),
                List.copyOf(remarks));
        if (asked.practitioners == null
                && asked.organizations == null
                && asked.postalCodes == null
                && !Boolean.TRUE.equals(asked.participation)
                && !Boolean.TRUE.equals(asked.emergencyReorientation)) {
            throw new FhirRefusal(
                    400,
                    "required",
                    "One of " + PRACTITIONERS + ", " + ORGANIZATIONS + ", " + POSTAL_CODES + ", "
                            + SearchQuery.PARTICIPATION + "=true, " + SearchQuery.EMERGENCY_REORIENTATION
                            + "=true is required");
        }
        return asked;
    }

    /** At most once: repeating it would mean "and"; multiple values are separated by commas. */
    private static boolean given(QueryString query, String name) {
        return query.single(name) != null;
    }

    private static Set<StructureId> structures(SearchedSubjects organizations) {
        return organizations.subjects().stream()
                .map(StructureId.class::cast)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> postalCodes(QueryString query) {
        Set<String> codes = new LinkedHashSet<>();
        for (String code : query.required(POSTAL_CODES)) {
            if (!code.matches("[0-9A-Za-z]{2,10}")) {
                throw FhirRefusal.malformed(POSTAL_CODES, "not a postal code or a prefix of one (35, 35000): " + code);
            }
            codes.add(code.toUpperCase(Locale.ROOT));
        }
        if (codes.size() > SearchedSubjects.MOST) {
            throw FhirRefusal.malformed(
                    POSTAL_CODES, "at most " + SearchedSubjects.MOST + " postal codes, not " + codes.size());
        }
        return codes;
    }

    private static Set<Include> includes(QueryString query, boolean lenient, List<String> ignored) {
        Set<Include> includes = new LinkedHashSet<>();
        for (String value : query.all("_include")) {
            switch (value) {
                case "PractitionerRole:practitioner", "PractitionerRole:practitioner:Practitioner" ->
                    includes.add(Include.PRACTITIONER);
                case "PractitionerRole:organization", "PractitionerRole:organization:Organization" ->
                    includes.add(Include.ORGANIZATION);
                case "PractitionerRole:location", "PractitionerRole:location:Location" -> {
                    // contained in the role anyway
                }
                default -> {
                    if (!lenient) {
                        throw FhirRefusal.malformed("_include", "cannot include " + value);
                    }
                    ignored.add("_include=" + value);
                }
            }
        }
        return includes;
    }

    boolean wants(ShelvedPresence who) {
        return emergencyReorientation == null || emergencyReorientation == who.takesReorientedPatients;
    }

    /** @param at every id of the requested structures; null if none were requested */
    boolean wants(ShelvedPresence.ShelvedPlace role, @Nullable Set<StructureId> at) {
        return !role.isClosed()
                && (participation == null || participation == role.participates())
                && (at == null || role.structures().stream().anyMatch(at::contains))
                && (postalCodes == null || postalCodes.stream().anyMatch(role::isIn));
    }
}
