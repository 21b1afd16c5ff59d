package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.SearchsetTotal;
import fr.sas.hub.fhir.StorableJson;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import fr.sas.hub.slot.Quirk;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges an answer as a whole: its pages, its entries, the requirements on any resource, and whether it is complete.
 */
final class AnswerJudge {

    /** In judging order: resources come before those that depend on them. */
    private static final List<String> WANTED = List.of(
            "Organization",
            "HealthcareService",
            "Location",
            "Practitioner",
            "PractitionerRole",
            "Schedule",
            "Slot",
            "OperationOutcome");

    /** Elements whose absence or emptiness is covered by a rule of its own. */
    private static final Set<String> EMPTINESS_JUDGED_ELSEWHERE =
            Set.of("start", "end", "status", "value", "reference");

    private static final Set<String> TYPE_JUDGED_ELSEWHERE = Set.of("start", "end", "status");

    /** The same, in the head of a Bundle and in its entries; a Bundle without entries is complete. */
    private static final Set<String> EMPTINESS_OF_BUNDLE_JUDGED_ELSEWHERE =
            Set.of("type", "total", "link", "url", "profile", "entry", "resource", "fullUrl", "search", "mode");

    private static final String GUIDE = "https://interop.esante.gouv.fr/ig/fhir/sas/";

    private static final String GUIDE_OF_OLD = "http://sas.fr/fhir/";

    /** Severities of an OperationOutcome with which something that was asked for is missing. */
    private static final Set<String> ERRORS = Set.of("error", "fatal");

    /** The codes of R4's IssueType are lower-case words. */
    private static final Pattern CODE = Pattern.compile("[a-z-]{1,30}");

    private final AnswerContext asked;
    private final Evidence evidence;
    private final boolean storable;
    private final AnswerResources gathered = new AnswerResources(true);
    private final Set<String> onThisPage = new HashSet<>();
    /** The first indication that the answer is incomplete. */
    private @Nullable Trouble trouble;

    /** @param storable whether all texts are known to be storable */
    AnswerJudge(AnswerContext asked, Evidence evidence, boolean storable) {
        this.asked = asked;
        this.evidence = evidence;
        this.storable = storable;
    }

    void judge(List<JsonNode> pages, boolean complete) {
        int unusable = 0;
        for (int i = 0; i < pages.size(); i++) {
            String prefix = i == 0 ? "" : "page " + (i + 1) + ": ";
            AnswerRule broken = judgePage(pages.get(i), prefix, i == 0);
            if (broken != null) {
                evidence.unusable(i, broken);
                noteTrouble(Kind.MALFORMED, prefix + sentenceOf(broken, pages.get(i)));
                unusable++;
            }
        }
        boolean readable = unusable == 0;
        ResourceJudge judge = new ResourceJudge(asked, gathered, evidence);
        for (String type : WANTED) {
            gathered.all(type).forEach(judge::judge);
        }
        if (readable && complete) {
            judgeTotal(SearchsetTotal.of(pages));
            judgeEnd(pages.getLast());
        }
        if (readable) {
            judgeIncluded();
        }
        if (trouble != null) {
            evidence.answered(unusable == pages.size() ? new Answer.Failed(trouble) : new Answer.Partial(trouble));
        }
    }

    private void noteTrouble(Kind kind, String detail) {
        if (trouble == null) {
            trouble = new Trouble(kind, detail);
        }
    }

    private static String sentenceOf(AnswerRule broken, JsonNode page) {
        return switch (broken) {
            case NOT_JSON -> "The body is not JSON, or is truncated";
            case NOT_A_BUNDLE ->
                "The answer is not a Bundle"
                        + (page.path("resourceType").asText().equals("OperationOutcome")
                                ? ", but an OperationOutcome"
                                : "");
            case NOT_A_SEARCHSET -> "The Bundle is not of type searchset";
            case IMPLICIT_RULES -> "The Bundle has implicitRules that the hub does not know";
            default -> "The Bundle has no list of entries";
        };
    }

    /** The rule that makes the page unusable; null when it can be used. */
    private @Nullable AnswerRule judgePage(JsonNode page, String prefix, boolean first) {
        if (!evidence.demand(AnswerRule.NOT_JSON, !page.isMissingNode(), prefix + "Bundle", null, null)) {
            return AnswerRule.NOT_JSON;
        }
        String type = page.path("resourceType").asText("");
        boolean isBundle = type.equals("Bundle");
        evidence.demand(AnswerRule.NOT_A_BUNDLE, isBundle, prefix + "Bundle", nullIfEmpty(type), page);
        if (!isBundle || !(page instanceof ObjectNode bundle)) {
            return AnswerRule.NOT_A_BUNDLE;
        }
        FhirShapes.straightenHead(bundle, (path, empty) -> leftOut(prefix + "Bundle", path, empty));
        String kind = page.path("type").asText("");
        if (!evidence.demand(
                AnswerRule.NOT_A_SEARCHSET,
                kind.equals("searchset"),
                prefix + "Bundle.type",
                nullIfEmpty(kind),
                null)) {
            return AnswerRule.NOT_A_SEARCHSET;
        }
        String rules = rulesIn(page.path("implicitRules"));
        if (!evidence.demand(AnswerRule.IMPLICIT_RULES, rules == null, prefix + "Bundle.implicitRules", rules, null)) {
            return AnswerRule.IMPLICIT_RULES;
        }
        if (first) {
            judgeHead(page);
        }
        if (!areEntries(bundle, prefix)) {
            return AnswerRule.ENTRY_WITHOUT_RESOURCE;
        }
        onThisPage.clear();
        JsonNode entries = bundle.path("entry");
        for (int i = 0; i < entries.size(); i++) {
            judgeEntry(entries.get(i), prefix + "Bundle.entry[" + i + "]");
        }
        return null;
    }

    /** A single entry is understood where a list belongs; anything else does not tell what is free. */
    private boolean areEntries(ObjectNode bundle, String prefix) {
        JsonNode entries = bundle.path("entry");
        if (entries.isMissingNode() || entries.isArray()) {
            return true;
        }
        boolean single = hasResource(entries);
        evidence.demand(AnswerRule.ENTRY_WITHOUT_RESOURCE, single, prefix + "Bundle.entry", null, entries);
        if (single) {
            leftOut(prefix + "Bundle", ".entry", false);
            bundle.putArray("entry").add(entries);
        }
        return single;
    }

    private static boolean hasResource(JsonNode entry) {
        return entry.path("resource") instanceof ObjectNode resource
                && LocatedResource.isThere(resource.path("resourceType"));
    }

    /** @param element of the Bundle, or of an entry of it */
    private void leftOut(String path, String element, boolean empty) {
        if (!empty || !EMPTINESS_OF_BUNDLE_JUDGED_ELSEWHERE.contains(lastOf(element))) {
            evidence.demand(AnswerRule.VALUE_LEFT_OUT, false, path, element.substring(1), null);
        }
    }

    private void judgeHead(JsonNode page) {
        boolean counted = page.path("total").canConvertToInt();
        evidence.demand(AnswerRule.TOTAL_MISSING, counted, "Bundle.total", null, null);
        List<JsonNode> links = LocatedResource.list(page.path("link"));
        boolean self = links.stream()
                .anyMatch(link ->
                        link.path("relation").asText().equals("self") && LocatedResource.isThere(link.path("url")));
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
        if (entry instanceof ObjectNode object) {
            FhirShapes.straightenEntry(object, (element, empty) -> leftOut(path, element, empty));
        }
        if (!evidence.demand(AnswerRule.ENTRY_WITHOUT_RESOURCE, hasResource(entry), path + ".resource", null, entry)) {
            return;
        }
        LocatedResource item = new LocatedResource(path + ".resource", (ObjectNode) entry.path("resource"));
        if ("OperationOutcome".equals(item.text("resourceType"))) {
            noteErrors(item);
        }
        if (!evidence.demand(AnswerRule.UNEXPECTED_RESOURCE, WANTED.contains(item.type()), item, "", item.type())) {
            return;
        }
        if (item.type().equals("OperationOutcome")
                || !evidence.demand(
                        AnswerRule.MODIFIER_EXTENSION,
                        !says(entry.path("modifierExtension")),
                        path + ".modifierExtension",
                        "Bundle.entry",
                        item.json())) {
            return;
        }
        anyResource(item, asked.trial(), storable, evidence);
        String mode = entry.path("search").path("mode").asText("");
        String searched = asked.kind() == AnswerContext.Kind.SOS ? "Schedule" : "Slot";
        evidence.demand(
                AnswerRule.SEARCH_MODE,
                mode.equals(item.type().equals(searched) ? "match" : "include"),
                path + ".search.mode",
                item.type() + " " + (mode.isEmpty() ? "-" : mode),
                null);
        String fullUrl = LocatedResource.textOf(entry.path("fullUrl"));
        evidence.demand(AnswerRule.FULL_URL_MISSING, fullUrl != null, path + ".fullUrl", item.address(), null);
        evidence.demand(AnswerRule.ID_MISSING, !item.id().isEmpty(), item, "id", item.type());
        boolean newHere = onThisPage.add(item.address());
        LocatedResource first = gathered.add(item, fullUrl);
        if (!item.id().isEmpty()) {
            boolean repeated = first != null
                    && (item.type().equals("Slot") || (!newHere && !first.json().equals(item.json())));
            evidence.demand(AnswerRule.DUPLICATE_ID, !repeated, item, "id", item.address());
        }
    }

    /** Its text stays in the delivery: troubles are shown to anyone who searches, and the text may name people. */
    private void noteErrors(LocatedResource outcome) {
        for (JsonNode issue : outcome.at("issue")) {
            if (ERRORS.contains(issue.path("severity").asText())) {
                String code = issue.path("code").asText("");
                boolean known = CODE.matcher(code).matches();
                noteTrouble(Kind.VENDOR_ERROR, "The answer reports an error" + (known ? " (" + code + ")" : ""));
            }
        }
    }

    /**
     * Requirements on every resource, including one that has no id yet. Values of the wrong FHIR type are corrected in
     * the tree.
     *
     * @param storable whether all of its texts are known to be storable
     */
    static void anyResource(LocatedResource item, boolean trial, boolean storable, Evidence evidence) {
        straighten(item, evidence, path -> true);
        evidence.demand(AnswerRule.UNREADABLE_ENTRY, true, item, "", null);
        judgeMeaning(item, trial, evidence);
        for (LocatedResource contained : item.contained()) {
            judgeMeaning(contained, trial, evidence);
            String type = contained.type();
            evidence.demand(
                    AnswerRule.UNREADABLE_ENTRY,
                    type.isEmpty() || FhirShapes.isResource(type),
                    item,
                    "contained",
                    type);
        }
        form(item, storable, evidence);
    }

    /** @param noted whether what is corrected at this path, such as {@code .identifier[0].value}, is a finding */
    static void straighten(LocatedResource item, Evidence evidence, Predicate<String> noted) {
        evidence.demand(AnswerRule.VALUE_LEFT_OUT, true, item, "", null);
        FhirShapes.straighten(item.json(), (path, empty) -> {
            if (!(empty ? EMPTINESS_JUDGED_ELSEWHERE : TYPE_JUDGED_ELSEWHERE).contains(lastOf(path))
                    && noted.test(path)) {
                evidence.demand(AnswerRule.VALUE_LEFT_OUT, false, item, "", path.substring(1));
            }
        });
    }

    /** What may be said of any resource and costs nothing. */
    static void form(LocatedResource item, boolean storable, Evidence evidence) {
        claimsProfile(item.json(), item.path(), evidence);
        String unstorable = storable ? null : StorableJson.firstUnstorable(item.json());
        evidence.demand(
                AnswerRule.CHARACTER_REPLACED,
                unstorable == null,
                item,
                "",
                unstorable == null ? null : unstorable.substring(1));
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Elements that change the meaning of any resource, contained or not. */
    private static void judgeMeaning(LocatedResource item, boolean trial, Evidence evidence) {
        evidence.demand(
                AnswerRule.MODIFIER_EXTENSION,
                !says(item.at("modifierExtension")),
                item,
                "modifierExtension",
                item.at("modifierExtension").path(0).path("url").asText(null));
        String rules = rulesIn(item.at("implicitRules"));
        evidence.demand(AnswerRule.IMPLICIT_RULES, rules == null, item, "implicitRules", rules);
        if (!trial) {
            JsonNode meta = item.at("meta");
            boolean real = !isForTests(meta.path("security")) && !isForTests(meta.path("tag"));
            evidence.demand(AnswerRule.TEST_DATA, real, item, "meta", real ? null : item.address());
        }
        if (item.type().equals("Location")) {
            boolean open = item.at("status").asText("active").equals("active")
                    && item.at("mode").asText("instance").equals("instance");
            evidence.demand(ScheduleRule.LOCATION_CLOSED, open, item, "status", item.text("status"));
        }
    }

    /** What implicit rules name, in any form; null when they name nothing. */
    static @Nullable String rulesIn(JsonNode implicitRules) {
        if (!says(implicitRules)) {
            return null;
        }
        return implicitRules.isContainerNode()
                ? implicitRules.toString()
                : implicitRules.asText().strip();
    }

    /** Whether an element that changes a meaning has any content, in any form. */
    static boolean says(JsonNode modifier) {
        return modifier.isContainerNode()
                ? !modifier.isEmpty()
                : !modifier.isMissingNode()
                        && !modifier.isNull()
                        && !modifier.asText().isBlank();
    }

    private static boolean isForTests(JsonNode labels) {
        for (JsonNode label : labels) {
            if (FhirVocabulary.TEST_DATA.equals(label.path("code").asText())
                    && FhirVocabulary.REASONS_FOR_USE.equals(
                            label.path("system").asText())) {
                return true;
            }
        }
        return false;
    }

    private static void claimsProfile(JsonNode resource, String path, Evidence evidence) {
        boolean claimed = false;
        for (JsonNode profile : resource.path("meta").path("profile")) {
            claimed |= isOfTheGuide(profile.asText());
        }
        evidence.demand(
                AnswerRule.PROFILE_NOT_CLAIMED, claimed, claimed ? path : path + ".meta.profile", null, resource);
    }

    static boolean isOfTheGuide(String profile) {
        return profile.startsWith(GUIDE) || profile.startsWith(GUIDE_OF_OLD);
    }

    private void judgeEnd(JsonNode last) {
        JsonNode next = LocatedResource.list(last.path("link")).stream()
                .filter(link -> link.path("relation").asText().equals("next"))
                .findFirst()
                .orElse(null);
        evidence.demand(
                AnswerRule.LAST_PAGE_LINKS_ON,
                next == null,
                "Bundle.link",
                next == null ? null : next.path("url").asText(),
                null);
    }

    /** What a total announces beyond the Slots that came may still be free, unless another way of counting explains it. */
    private void judgeTotal(SearchsetTotal total) {
        if (total.announced() == null) {
            return;
        }
        boolean sos = asked.kind() == AnswerContext.Kind.SOS;
        boolean right = total.isRight(sos) || asked.quirks().contains(Quirk.TOTAL_COUNTS_EVERYTHING);
        String value = total.announced() + " for " + total.slots() + " Slots";
        evidence.demand(AnswerRule.TOTAL_WRONG, right, "Bundle.total", value, null);
        int missing = right ? 0 : total.missingSlots();
        if (missing > 0) {
            noteTrouble(Kind.PAGE_LOST, "Bundle.total announces " + missing + " more slots than the answer contains");
        }
    }

    /** Each Schedule must be referenced by a Slot. */
    private void judgeIncluded() {
        Set<LocatedResource> used = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LocatedResource slot : gathered.all("Slot")) {
            LocatedResource schedule = gathered.follow(slot, slot.at("schedule"), "Schedule");
            if (schedule == null) {
                return;
            }
            used.add(schedule);
        }
        for (LocatedResource schedule : gathered.all("Schedule")) {
            evidence.demand(
                    AnswerRule.RESOURCE_NOT_REFERRED_TO, used.contains(schedule), schedule, "", schedule.address());
        }
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
