package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.access.MediaTypes;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.FhirShapes;
import fr.sas.hub.line.ServerProbe.Pages;
import fr.sas.hub.line.ServerProbe.Reply;
import fr.sas.hub.rule.AnswerContext;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.AssociationRule;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.rule.Evidence;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The guide's three searches, each sent once, read to the last page, and judged. */
final class SearchSteps {

    private static final Duration SEVENTY_TWO_HOURS = Duration.ofHours(72);

    private static final Set<String> FHIR_JSON = Set.of(FhirMediaTypes.JSON, FhirMediaTypes.GUIDE_JSON);

    private static final List<Rule> TRANSPORT = List.of(
            ServerRule.RESPONSE_TIME,
            ServerRule.PAGES_LOOP,
            ServerRule.PAGE_LOST,
            ServerRule.TOO_LARGE,
            ServerRule.REDIRECTED,
            AnswerRule.SEARCH_FAILED);

    private final CheckRequests asking;
    private final CheckOrder order;
    private final Evidence evidence;
    private final Instant now;
    private final Window window;
    private final Set<String> slotsSeen = new TreeSet<>();

    SearchSteps(CheckRequests asking, CheckOrder order, Evidence evidence, Instant now) {
        this.asking = asking;
        this.order = order;
        this.evidence = evidence;
        this.now = now;
        this.window = new Window(now, now.plus(SEVENTY_TWO_HOURS));
    }

    Window window() {
        return window;
    }

    /** Ids of the Slots found by the search of INT_R01; empty if they cannot be told apart. */
    Set<String> slotsSeen() {
        boolean toldApart = evidence.judgement().findings().stream()
                .noneMatch(found -> found.rule() == AnswerRule.ID_MISSING || found.rule() == AnswerRule.DUPLICATE_ID);
        return toldApart ? slotsSeen : Set.of();
    }

    /** Whether the searches work at all. */
    boolean run() {
        if (!order.practitioners().isEmpty()) {
            Optional<List<JsonNode>> answer = search(Flow.INDIVIDUAL, new LinkedHashSet<>(order.practitioners()));
            if (answer.isEmpty()) {
                return false;
            }
            slotsSeen.addAll(ids(answer.get()));
            evidence.demand(ServerRule.NOTHING_FREE, !slotsSeen.isEmpty(), "INT_R01", null, null);
            Set<StructureId> communities = order.communities();
            if (communities != null) {
                search(Flow.CPTS, new LinkedHashSet<>(order.practitioners()))
                        .ifPresent(pages -> judgeShown(CommunityRule.CPTS_NOT_SHOWN, "INT_R04", communities, pages));
            }
        }
        if (!order.associations().isEmpty()) {
            Optional<List<JsonNode>> answer = search(Flow.SOS, new LinkedHashSet<>(order.associations()));
            answer.ifPresent(pages -> judgeShown(AssociationRule.SOS_NOT_SHOWN, "SOS", order.associations(), pages));
            return answer.isPresent();
        }
        return true;
    }

    /** The pages of a judged answer; empty if there is nothing to continue with. */
    private Optional<List<JsonNode>> search(Flow flow, Set<Subject> asked) {
        URI question = asking.search(flow, asked, window);
        Pages pages = asking.pages(question);
        String path = flow == Flow.SOS ? "GET /Schedule" : "GET /Slot";
        judgeTransport(pages, path);
        if (pages.pages().isEmpty()
                || (pages.trouble() != null && pages.trouble().kind() == Answer.Kind.MALFORMED)) {
            return Optional.empty();
        }
        Reply first = pages.pages().getFirst();
        judgeContentType(first, path);
        List<JsonNode> bodies = new ArrayList<>();
        for (Reply page : pages.pages()) {
            JsonNode body = CheckRequests.json(page);
            if (evidence.demand(AnswerRule.NOT_JSON, body.isObject(), path, null, CheckRequests.excerpt(page))) {
                bodies.add(body);
                evidence.demand(
                        AnswerRule.CHARACTER_REPLACED,
                        CheckRequests.repaired(page) == null,
                        path,
                        null,
                        CheckRequests.excerpt(page));
            }
        }
        if (bodies.size() < pages.pages().size()) {
            return Optional.empty();
        }
        judgeSelf(bodies.getFirst(), question);
        Judgement judgement = Judge.answer(
                bodies,
                new AnswerContext(
                        AnswerContext.Kind.valueOf(flow.name()),
                        asked,
                        window,
                        now,
                        order.agreed().quirks(),
                        order.agreed().trial(),
                        Map.of()),
                pages.trouble() == null);
        evidence.add(judgement);
        return judgement.unusable().isEmpty() && pages.trouble() == null ? Optional.of(bodies) : Optional.empty();
    }

    /** Whether all pages arrived; if not, one rule says why. */
    private void judgeTransport(Pages pages, String path) {
        Answer.Trouble trouble = pages.trouble();
        if (trouble == null) {
            TRANSPORT.forEach(rule -> evidence.demand(rule, true, path, null, null));
            return;
        }
        Reply last = pages.last();
        evidence.demand(
                brokenBy(trouble.kind(), last),
                false,
                path,
                trouble.detail(),
                last == null ? null : CheckRequests.excerpt(last));
    }

    private static Rule brokenBy(Answer.Kind kind, @Nullable Reply last) {
        return switch (kind) {
            case TIMED_OUT -> ServerRule.RESPONSE_TIME;
            case UNREACHABLE, HUB_FAILED -> ServerRule.REACHABLE;
            case TOO_LARGE -> ServerRule.TOO_LARGE;
            case MALFORMED -> AnswerRule.NOT_JSON;
            case PAGE_LOST -> ServerRule.PAGE_LOST;
            case PAGES_LOOP -> ServerRule.PAGES_LOOP;
            case REDIRECTED, REFUSED, THROTTLED, VENDOR_ERROR ->
                last != null && last.status() / 100 == 3 ? ServerRule.REDIRECTED : AnswerRule.SEARCH_FAILED;
        };
    }

    private void judgeContentType(Reply reply, String path) {
        String sent = reply.header("Content-Type");
        boolean right = MediaTypes.one(sent)
                .filter(type -> FHIR_JSON.contains(MediaTypes.name(type)))
                .filter(type -> type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8))
                .isPresent();
        evidence.demand(AnswerRule.CONTENT_TYPE, right, path, sent, null);
    }

    private void judgeSelf(JsonNode bundle, URI question) {
        for (JsonNode link : FhirShapes.items(bundle.path("link"))) {
            if (link.path("relation").asText().equals("self")) {
                String url = link.path("url").asText();
                evidence.demand(
                        AnswerRule.SELF_LINK,
                        parameters(url).equals(parameters(question.toString())),
                        "Bundle.link",
                        url,
                        link);
            }
        }
    }

    /** Unordered and decoded: the same query may be written in many ways. */
    private static List<String> parameters(String url) {
        int query = url.indexOf('?');
        return query < 0
                ? List.of()
                : Stream.of(url.substring(query + 1).split("&"))
                        .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8)
                                .replace(' ', '+'))
                        .sorted()
                        .toList();
    }

    /** Ids of Slots; those without an id, and those that share one, are counted once. */
    static Set<String> ids(List<JsonNode> pages) {
        Set<String> ids = new TreeSet<>();
        for (JsonNode page : pages) {
            for (JsonNode entry : FhirShapes.items(page.path("entry"))) {
                JsonNode resource = entry.path("resource");
                if (resource.path("resourceType").asText().equals("Slot")) {
                    ids.add(resource.path("id").asText());
                }
            }
        }
        return ids;
    }

    /** Announced structures must each be represented by an Organization in the answer. */
    private void judgeShown(Rule rule, String path, Set<StructureId> announced, List<JsonNode> pages) {
        if (rule == CommunityRule.CPTS_NOT_SHOWN && ids(pages).isEmpty()) {
            return;
        }
        Set<StructureId> shown = new TreeSet<>();
        for (JsonNode page : pages) {
            page.findParents("identifier").stream()
                    .flatMap(holder ->
                            StreamSupport.stream(holder.path("identifier").spliterator(), false))
                    .flatMap(identifier ->
                            StructureId.parse(identifier.path("value").textValue()).stream())
                    .forEach(shown::add);
        }
        for (StructureId structure : announced) {
            evidence.demand(rule, shown.contains(structure), path, structure.value(), null);
        }
    }
}
