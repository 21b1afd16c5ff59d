package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges which CPTS a slot belongs to. */
final class CommunityJudge {

    private static final Pattern FINESS = Pattern.compile("1[0-9AB]{9}");

    private final AnswerContext asked;
    private final AnswerResources gathered;
    private final Evidence evidence;
    private final PersonJudge people;
    private final Map<ObjectNode, Lookup> lookups = new IdentityHashMap<>();
    private @Nullable Set<ObjectNode> providers;

    CommunityJudge(AnswerContext asked, AnswerResources gathered, Evidence evidence, PersonJudge people) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.people = people;
    }

    /**
     * The CPTS of a slot.
     *
     * @param communities those that could be identified
     * @param someUnreadable whether it names others that should have been identifiable and are not
     * @param someUnidentified whether it names others that need not be identifiable
     */
    record IdentifiedCommunities(List<JudgedSlot.Cpts> communities, boolean someUnreadable, boolean someUnidentified) {
        static final IdentifiedCommunities NONE = new IdentifiedCommunities(List.of(), false, false);

        /** Whether an audience of CPTS is left without anyone. */
        boolean isNobody() {
            return someUnreadable && communities.isEmpty() && !someUnidentified;
        }
    }

    /** @param only whether CPTS is the slot's only audience */
    IdentifiedCommunities judgeSlot(LocatedResource slot, boolean forCpts, boolean only) {
        List<JudgedSlot.Cpts> told = new ArrayList<>(0);
        int named = 0;
        boolean untold = false;
        Map<String, String> lost = new LinkedHashMap<>(0);
        JsonNode concepts = slot.at("serviceType");
        for (int i = 0; i < concepts.size(); i++) {
            JsonNode concept = concepts.get(i);
            JsonNode reference = reference(concept);
            boolean coded =
                    LocatedResource.isCoded(concept, FhirVocabulary.STRUCTURE_CATEGORIES, FhirVocabulary.CPTS_CATEGORY);
            if (coded || reference != null) {
                named++;
                String element = "serviceType[" + i + "]";
                evidence.demand(CommunityRule.CPTS_CATEGORY, coded, slot, element, null);
                Lookup found = find(slot, reference);
                if (found.missing() != null) {
                    lost.put(element, found.missing());
                } else if (found.cpts() != null) {
                    if (!told.contains(found.cpts())) {
                        told.add(found.cpts());
                    }
                } else {
                    untold = true;
                }
            }
        }
        if (named == 0) {
            if (forCpts && asked.kind() == AnswerContext.Kind.CPTS) {
                evidence.demand(CommunityRule.CPTS_NOT_NAMED, false, slot, "serviceType", null);
            }
            return IdentifiedCommunities.NONE;
        }
        IdentifiedCommunities all = new IdentifiedCommunities(told, !lost.isEmpty(), untold);
        evidence.demand(CommunityRule.CPTS_AUDIENCE, forCpts, slot, "meta.security", null);
        if (forCpts) {
            evidence.demand(CommunityRule.CPTS_NOT_NAMED, true, slot, "serviceType", null);
        }
        if (gathered.isWhole()) {
            boolean unusable = forCpts && only && all.isNobody();
            String first = lost.isEmpty() ? null : lost.values().iterator().next();
            evidence.demand(CommunityRule.CPTS_UNREADABLE, !unusable, slot, "serviceType", first);
            if (!unusable) {
                evidence.demand(CommunityRule.CPTS_LEFT_OUT, true, slot, "serviceType", null);
                lost.forEach((element, why) -> evidence.demand(CommunityRule.CPTS_LEFT_OUT, false, slot, element, why));
            }
        }
        return all;
    }

    private static @Nullable JsonNode reference(JsonNode concept) {
        for (JsonNode extension : concept.path("extension")) {
            if (FhirVocabulary.SERVICE_TYPE_REFERENCE.equals(
                    extension.path("url").asText())) {
                JsonNode reference = extension.path("valueReference");
                return reference.isObject() ? reference : null;
            }
        }
        return null;
    }

    /** A CPTS, or what was missing when looking for it; neither when its absence is allowed. */
    private record Lookup(
            JudgedSlot.@Nullable Cpts cpts, @Nullable String missing) {
        static Lookup lost(String what) {
            return new Lookup(null, what);
        }
    }

    /**
     * The search for practitioners' slots (INT_R01) does not request HealthcareServices, so their absence is no fault
     * there.
     */
    private Lookup find(LocatedResource slot, @Nullable JsonNode reference) {
        if (reference == null) {
            return Lookup.lost("no reference to a HealthcareService");
        }
        LocatedResource service = gathered.follow(slot, reference, "HealthcareService");
        if (service != null) {
            return lookups.computeIfAbsent(service.json(), json -> find(service));
        }
        return new Lookup(
                null,
                asked.kind() == AnswerContext.Kind.CPTS
                        ? reference.path("reference").asText("HealthcareService")
                        : null);
    }

    private Lookup find(LocatedResource service) {
        if (service.isFalse("active")) {
            return Lookup.lost(service.address() + " is not active");
        }
        JsonNode provider = service.at("providedBy");
        LocatedResource organization = gathered.follow(service, provider, "Organization");
        if (organization != null && organization.isFalse("active")) {
            return Lookup.lost(organization.address() + " is not active");
        }
        for (LocatedResource item : organization == null ? List.of(service) : List.of(service, organization)) {
            Finding spoiler = evidence.spoilerOf(item);
            if (spoiler != null && spoiler.rule() instanceof AnswerRule) {
                return Lookup.lost(item.address() + ": " + spoiler.rule().id());
            }
        }
        SortedSet<StructureId> ids = new TreeSet<>();
        List<JsonNode> identifiers = new ArrayList<>();
        if (organization != null) {
            organization.at("identifier").forEach(identifiers::add);
        }
        if (provider.path("identifier").isObject()) {
            identifiers.add(provider.path("identifier"));
        }
        NationalIds.ofOrganization(identifiers.stream().filter(people::isInUse).toList(), ids);
        if (!ids.isEmpty()) {
            return new Lookup(new JudgedSlot.Cpts(ids.first(), organization), null);
        }
        return Lookup.lost(
                organization == null
                        ? service.address() + " providedBy "
                                + provider.path("reference").asText("-")
                        : "no FINESS of " + organization.address());
    }

    /** An inactive CPTS is not a fault of the Organization: it is left out of its slots, see {@link #find}. */
    private boolean isCommunity(LocatedResource organization) {
        return gathered.isWhole() ? providers().contains(organization.json()) : asked.kind() == AnswerContext.Kind.CPTS;
    }

    /** Organizations that provide a HealthcareService of the answer. */
    private Set<ObjectNode> providers() {
        if (providers == null) {
            providers = Collections.newSetFromMap(new IdentityHashMap<>());
            for (LocatedResource service : gathered.all("HealthcareService")) {
                LocatedResource provider = gathered.follow(service, service.at("providedBy"), "Organization");
                if (provider != null) {
                    providers.add(provider.json());
                }
            }
        }
        return providers;
    }

    void judgeOrganization(LocatedResource organization) {
        if (!isCommunity(organization)) {
            people.judgeActive(organization);
        }
        if (asked.kind() != AnswerContext.Kind.CPTS) {
            return;
        }
        List<JsonNode> identifiers = LocatedResource.list(organization.at("identifier"));
        JsonNode first = organization.at("identifier").path(0);
        String value = first.path("value").asText("");
        if (StructureId.parse(value).isPresent()) {
            boolean right = identifiers.size() == 1
                    && FINESS.matcher(value).matches()
                    && FhirVocabulary.STRUCTURE_IDS.equals(first.path("system").asText())
                    && LocatedResource.isCoded(first.path("type"), null, FhirVocabulary.NATIONAL_STRUCTURE);
            evidence.demand(
                    CommunityRule.CPTS_FINESS,
                    right,
                    organization,
                    "identifier",
                    PersonJudge.describe(first) + " " + value);
        }
        people.judgePhones(organization, PlaceZones.MAINLAND);
    }
}
