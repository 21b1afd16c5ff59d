package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges an answer as a whole: its pages, its entries, and what any resource must be. */
final class AnswerJudge {

    private static final List<String> WANTED = List.of(
            "Slot",
            "Schedule",
            "Practitioner",
            "PractitionerRole",
            "Location",
            "Organization",
            "HealthcareService",
            "OperationOutcome");
    /** Elements whose absence or emptiness has a rule of its own. */
    private static final Set<String> JUDGED_ELSEWHERE = Set.of("start", "end", "status", "value", "reference");

    private static final List<String> GUIDE =
            List.of("http://sas.fr/fhir/", "https://interop.esante.gouv.fr/ig/fhir/sas/");

    private final Asked asked;
    private final Evidence evidence;
    private final Gathered gathered = new Gathered(true);
    private final Set<String> onThisPage = new HashSet<>();
    private @Nullable Integer total;

    AnswerJudge(Asked asked, Evidence evidence) {
        this.asked = asked;
        this.evidence = evidence;
    }

    void judge(List<JsonNode> pages, boolean complete) {
        boolean readable = true;
        for (int i = 0; i < pages.size(); i++) {
            readable &= judgePage(pages.get(i), i == 0 ? "" : "page " + (i + 1) + ": ", i == 0);
        }
        ResourceJudge judge = new ResourceJudge(asked, gathered, evidence);
        for (String type : WANTED) {
            gathered.all(type).forEach(judge::judge);
        }
        if (readable && complete) {
            judgeTotal();
        }
        if (readable) {
            judgeIncluded();
        }
    }

    private boolean judgePage(JsonNode page, String prefix, boolean first) {
        String type = page.path("resourceType").asText("");
        if (!evidence.demand(
                AnswerRule.NOT_A_BUNDLE, type.equals("Bundle"), prefix + "Bundle", nullIfEmpty(type), page)) {
            return false;
        }
        String kind = page.path("type").asText("");
        if (!evidence.demand(
                AnswerRule.NOT_A_SEARCHSET,
                kind.equals("searchset"),
                prefix + "Bundle.type",
                nullIfEmpty(kind),
                null)) {
            return false;
        }
        if (first) {
            judgeHead(page);
        }
        onThisPage.clear();
        JsonNode entries = page.path("entry");
        for (int i = 0; i < entries.size(); i++) {
            judgeEntry(entries.get(i), prefix + "Bundle.entry[" + i + "]");
        }
        return true;
    }

    private void judgeHead(JsonNode page) {
        JsonNode said = page.path("total");
        evidence.demand(AnswerRule.TOTAL_MISSING, said.canConvertToInt(), "Bundle.total", null, null);
        total = said.canConvertToInt() ? said.asInt() : null;
        List<JsonNode> links = Item.list(page.path("link"));
        boolean self = links.stream()
                .anyMatch(link -> link.path("relation").asText().equals("self") && Item.isThere(link.path("url")));
        evidence.demand(AnswerRule.SELF_LINK_MISSING, self, "Bundle.link", null, null);
        String relations = links.stream()
                .map(link -> link.path("relation").asText())
                .toList()
                .toString();
        switch (asked.kind()) {
            case INDIVIDUAL -> {}
            case CPTS ->
                evidence.demand(CommunityRule.CPTS_SINGLE_LINK, links.size() < 2, "Bundle.link", relations, null);
            case SOS ->
                evidence.demand(AssociationRule.SOS_SINGLE_LINK, links.size() < 2, "Bundle.link", relations, null);
        }
        claimsProfile(page, "Bundle", evidence);
    }

    private void judgeEntry(JsonNode entry, String path) {
        boolean hasResource =
                entry.path("resource") instanceof ObjectNode resource && Item.isThere(resource.path("resourceType"));
        if (!evidence.demand(AnswerRule.ENTRY_WITHOUT_RESOURCE, hasResource, path + ".resource", null, entry)) {
            return;
        }
        Item item = new Item(path + ".resource", (ObjectNode) entry.path("resource"));
        if (!evidence.demand(AnswerRule.UNEXPECTED_RESOURCE, WANTED.contains(item.type()), item, "", item.type())) {
            return;
        }
        if (item.type().equals("OperationOutcome")) {
            return;
        }
        String mode = entry.path("search").path("mode").asText("");
        String searched = asked.kind() == Asked.Kind.SOS ? "Schedule" : "Slot";
        evidence.demand(
                AnswerRule.SEARCH_MODE,
                mode.equals(item.type().equals(searched) ? "match" : "include"),
                path + ".search.mode",
                item.type() + " " + (mode.isEmpty() ? "-" : mode),
                null);
        String fullUrl = Item.textOf(entry.path("fullUrl"));
        evidence.demand(AnswerRule.FULL_URL_MISSING, fullUrl != null, path + ".fullUrl", item.address(), null);
        evidence.demand(AnswerRule.ID_MISSING, !item.id().isEmpty(), item, "id", item.type());
        anyResource(item, evidence);
        boolean newHere = onThisPage.add(item.address());
        Item first = gathered.add(item, fullUrl);
        if (!item.id().isEmpty()) {
            boolean repeated = first != null
                    && (item.type().equals("Slot") || (!newHere && !first.json().equals(item.json())));
            evidence.demand(AnswerRule.DUPLICATE_ID, !repeated, item, "id", item.address());
        }
    }

    /** What every resource must be, also one that has no id yet. */
    static void anyResource(Item item, Evidence evidence) {
        evidence.demand(
                AnswerRule.MODIFIER_EXTENSION,
                item.at("modifierExtension").isEmpty(),
                item,
                "modifierExtension",
                item.at("modifierExtension").path(0).path("url").asText(null));
        claimsProfile(item.json(), item.path(), evidence);
        String empty = emptyIn(item.json(), "");
        evidence.demand(AnswerRule.VALUE_LEFT_OUT, empty == null, item, "", empty == null ? null : empty.substring(1));
    }

    private static void claimsProfile(JsonNode resource, String path, Evidence evidence) {
        boolean claimed = Item.list(resource.path("meta").path("profile")).stream()
                .anyMatch(profile -> isOfTheGuide(profile.asText()));
        evidence.demand(AnswerRule.PROFILE_NOT_CLAIMED, claimed, path + ".meta.profile", null, resource);
    }

    static boolean isOfTheGuide(String profile) {
        return GUIDE.stream().anyMatch(profile::startsWith);
    }

    /** The first element that is empty; null when there is none. */
    private static @Nullable String emptyIn(JsonNode node, String path) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String empty = emptyAt(node.get(i), path + "[" + i + "]");
                if (empty != null) {
                    return empty;
                }
            }
        } else if (node.isObject()) {
            for (var field : node.properties()) {
                if (!JUDGED_ELSEWHERE.contains(field.getKey())
                        && !field.getKey().startsWith("_")) {
                    String empty = emptyAt(field.getValue(), path + "." + field.getKey());
                    if (empty != null) {
                        return empty;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String emptyAt(JsonNode value, String path) {
        boolean empty = value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isBlank());
        return empty ? path : emptyIn(value, path);
    }

    /** SOS Médecins: the total may also be that of Schedules, which are the matches there. */
    private void judgeTotal() {
        if (total == null) {
            return;
        }
        int slots = gathered.all("Slot").size();
        boolean right = total == slots
                || (asked.kind() == Asked.Kind.SOS
                        && total == gathered.all("Schedule").size());
        evidence.demand(AnswerRule.TOTAL_WRONG, right, "Bundle.total", total + " for " + slots + " Slots", null);
    }

    /** Each Schedule belongs to a Slot. */
    private void judgeIncluded() {
        Set<Item> used = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Item slot : gathered.all("Slot")) {
            Item schedule = gathered.follow(slot, slot.at("schedule"), "Schedule");
            if (schedule == null) {
                return;
            }
            used.add(schedule);
        }
        for (Item schedule : gathered.all("Schedule")) {
            evidence.demand(
                    AnswerRule.RESOURCE_NOT_REFERRED_TO, used.contains(schedule), schedule, "", schedule.address());
        }
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
