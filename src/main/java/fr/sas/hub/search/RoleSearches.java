package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.index.news.SearchReads;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.search.ShelvedPresence.ShelvedPlace;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds who may be called, whether or not they have a free slot: PractitionerRoles, counted and paged. */
@Component
class RoleSearches {

    /** The most practitioners whose roles are examined; a broader search must be narrowed. */
    static final int MOST_PRACTITIONERS = 10_000;

    /** The most roles on a page. */
    static final int LARGEST_PAGE = 1_000;

    private final PresenceShelf shelf;
    private final Directory directory;
    private final Participation participation;
    private final SearchReads reads;

    RoleSearches(PresenceShelf shelf, Directory directory, Participation participation, SearchReads reads) {
        this.shelf = shelf;
        this.directory = directory;
        this.participation = participation;
        this.reads = reads;
    }

    /** A role in the answer and its owner. */
    private record RoleMatch(ShelvedPresence who, ShelvedPlace role) {

        /** Those to be called sort before others; the id makes the order total and marks where a page begins. */
        String mark() {
            return (role.participates() ? "p" : "q") + role.id();
        }
    }

    /**
     * @param self the request as received
     * @param firstPage the same request as a GET without a mark, to which a page's mark can be appended
     */
    void write(RoleQuery query, Instant now, String base, String self, Supplier<String> firstPage, AnswerBytes out) {
        List<RoleMatch> found = find(query, now);
        List<RoleMatch> page = page(found, query);
        boolean isLast = page.isEmpty() || page.getLast() == found.getLast();
        BundleBytes bundle = new BundleBytes(base, out);
        bundle.begin(
                now,
                null,
                found.size(),
                self,
                isLast
                        ? null
                        : firstPage.get() + "&" + SearchQuery.AFTER + "="
                                + page.getLast().mark());
        page.forEach(one -> bundle.put(one.role.matched()));
        Set<String> written = new HashSet<>();
        for (RoleMatch one : page) {
            putIncluded(one, query, bundle, written);
        }
        bundle.putOutcome(query.remarks());
        bundle.end();
    }

    private List<RoleMatch> find(RoleQuery query, Instant now) {
        Set<StructureId> at = everyIdOf(query.organizations());
        List<RoleMatch> found = new ArrayList<>();
        Map<Subject, ShelvedPresence> known = shelf.take(candidates(query), now);
        for (ShelvedPresence who : known.values()) {
            if (query.wants(who)) {
                for (ShelvedPlace role : who.places) {
                    if (query.wants(role, at)) {
                        found.add(new RoleMatch(who, role));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(RoleMatch::mark));
        return found;
    }

    private @Nullable Set<StructureId> everyIdOf(@Nullable Set<StructureId> organizations) {
        if (organizations == null) {
            return null;
        }
        return reads.read(() -> {
            Set<StructureId> ids = new HashSet<>();
            organizations.forEach(organization -> ids.addAll(directory.idsOf(organization)));
            return ids;
        });
    }

    /** The most selective parameter determines the candidates. */
    private Set<? extends Subject> candidates(RoleQuery query) {
        if (query.practitioners() != null) {
            return query.practitioners();
        }
        Set<PractitionerId> candidates = reads.read(() -> byMostSelective(query));
        if (candidates.size() > MOST_PRACTITIONERS) {
            throw new FhirRefusal(
                    400,
                    "too-costly",
                    "More than " + MOST_PRACTITIONERS + " practitioners; narrow the search, for example with a "
                            + "longer "
                            + RoleQuery.POSTAL_CODES);
        }
        return candidates;
    }

    /** @return one more than is allowed, if there are too many */
    private Set<PractitionerId> byMostSelective(RoleQuery query) {
        int most = MOST_PRACTITIONERS + 1;
        Set<StructureId> organizations = query.organizations();
        Set<String> postalCodes = query.postalCodes();
        if (organizations != null) {
            return directory.workingAt(organizations, most);
        }
        if (postalCodes != null) {
            return directory.workingIn(postalCodes, most);
        }
        return Boolean.TRUE.equals(query.emergencyReorientation())
                ? participation.takingReorientedPatients(most)
                : participation.participating(most);
    }

    private static List<RoleMatch> page(List<RoleMatch> all, RoleQuery query) {
        int from = 0;
        String after = query.after();
        if (after != null) {
            if (!after.matches("[pq][0-9A-Za-z_-]+")) {
                throw FhirRefusal.malformed(SearchQuery.AFTER, "not a mark issued by this hub");
            }
            while (from < all.size() && all.get(from).mark().compareTo(after) <= 0) {
                from++;
            }
        }
        Integer count = query.count();
        int size = count == null ? LARGEST_PAGE : Math.min(count, LARGEST_PAGE);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    /** The structure to call is included with each role that refers to it, whether requested or not. */
    private static void putIncluded(RoleMatch found, RoleQuery query, BundleBytes bundle, Set<String> written) {
        BundleEntry party = found.who.party;
        if (party != null && query.includes().contains(RoleQuery.Include.PRACTITIONER) && written.add(owner(found))) {
            bundle.put(party);
        }
        if (query.includes().contains(RoleQuery.Include.ORGANIZATION)) {
            putOnce(found.role.organization(), bundle, written);
        }
        putOnce(found.role.toCall(), bundle, written);
    }

    private static void putOnce(@Nullable ShelvedStructure structure, BundleBytes bundle, Set<String> written) {
        if (structure != null && written.add(structure.id())) {
            bundle.put(structure.organization());
        }
    }

    /** The practitioner's own id, with which a role's id begins. */
    private static String owner(RoleMatch found) {
        return found.role.id().substring(0, found.role.id().indexOf('-'));
    }
}
