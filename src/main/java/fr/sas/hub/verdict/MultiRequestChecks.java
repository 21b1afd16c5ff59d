package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.line.ServerProbe.Pages;
import fr.sas.hub.line.ServerProbe.Reply;
import fr.sas.hub.rule.Evidence;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What only several requests reveal: one practitioner and many, paging, an unknown practitioner, invalid input. */
final class MultiRequestChecks {

    private static final int MOST_ASKED_ALONE = 3;
    private static final int PAGES = 4;

    private final CheckRequests asking;
    private final CheckOrder order;
    private final Evidence evidence;
    private final Window window;
    private final Set<String> together;

    MultiRequestChecks(CheckRequests asking, CheckOrder order, Evidence evidence, Window window, Set<String> together) {
        this.asking = asking;
        this.order = order;
        this.evidence = evidence;
        this.window = window;
        this.together = together;
    }

    void run() {
        if (order.practitioners().isEmpty()) {
            return;
        }
        askAlone();
        judgePaging();
        judgeUnknown();
        judgeErrors();
    }

    private URI question(PractitionerId practitioner) {
        return asking.search(Flow.INDIVIDUAL, Set.of(practitioner), window);
    }

    private void askAlone() {
        boolean first = true;
        for (PractitionerId practitioner :
                order.practitioners().stream().limit(MOST_ASKED_ALONE).toList()) {
            Reply reply = asking.get(question(practitioner), FhirMediaTypes.GUIDE_JSON);
            if (first) {
                judgeAccept(reply, practitioner);
                first = false;
            }
            Set<String> slots = SearchSteps.ids(List.of(CheckRequests.json(reply)));
            if (order.practitioners().size() > 1 && !together.isEmpty()) {
                boolean someSeen = slots.isEmpty() || slots.stream().anyMatch(together::contains);
                evidence.demand(
                        ServerRule.SEVERAL_AT_ONCE,
                        someSeen,
                        "GET /Slot",
                        practitioner.value(),
                        CheckRequests.excerpt(reply));
            }
        }
    }

    private void judgeAccept(Reply byGuide, PractitionerId practitioner) {
        if (byGuide.failure() == null) {
            evidence.demand(
                    ServerRule.RESPONSE_TIME_ONE,
                    byGuide.took().compareTo(order.brisk()) <= 0,
                    "GET /Slot",
                    byGuide.took().toMillis() + " ms",
                    null);
        } else {
            evidence.demand(
                    ServerRule.RESPONSE_TIME, false, "GET /Slot", byGuide.detail(), CheckRequests.excerpt(byGuide));
            return;
        }
        Reply byFhir = asking.get(question(practitioner), FhirMediaTypes.JSON);
        Reply worse = isBundle(byGuide) ? byFhir : byGuide;
        evidence.demand(
                ServerRule.ACCEPT,
                isBundle(byGuide) && isBundle(byFhir),
                "Accept: " + (worse == byFhir ? FhirMediaTypes.JSON : FhirMediaTypes.GUIDE_JSON),
                "HTTP " + worse.status(),
                CheckRequests.excerpt(worse));
    }

    private static boolean isBundle(Reply reply) {
        return reply.status() == 200
                && CheckRequests.json(reply).path("resourceType").asText().equals("Bundle");
    }

    /** Slots come and go in the meantime: a slot is lost if it was there before and after, but not in the pages. */
    private void judgePaging() {
        if (together.size() < 2) {
            return;
        }
        URI plain = asking.search(Flow.INDIVIDUAL, Set.copyOf(order.practitioners()), window);
        int count = (together.size() + PAGES - 1) / PAGES;
        Pages pages = asking.pages(URI.create(plain + "&_count=" + count));
        String path = "GET /Slot…&_count=" + count;
        if (pages.trouble() != null) {
            Reply last = pages.last();
            evidence.demand(
                    ServerRule.PAGES_LOSE_SLOTS,
                    false,
                    path,
                    pages.trouble().detail(),
                    last == null ? null : CheckRequests.excerpt(last));
            return;
        }
        Set<String> paged =
                SearchSteps.ids(pages.pages().stream().map(CheckRequests::json).toList());
        Set<String> lost = new TreeSet<>(together);
        lost.removeAll(paged);
        if (!lost.isEmpty()) {
            Pages again = asking.pages(plain);
            lost.retainAll(SearchSteps.ids(
                    again.pages().stream().map(CheckRequests::json).toList()));
        }
        evidence.demand(
                ServerRule.PAGES_LOSE_SLOTS,
                lost.isEmpty(),
                path,
                lost.size() + " of " + together.size() + " Slots lost on "
                        + pages.pages().size() + " pages",
                null);
    }

    private void judgeUnknown() {
        Reply reply = asking.get(question(order.unknown()), FhirMediaTypes.GUIDE_JSON);
        JsonNode answer = CheckRequests.json(reply);
        boolean empty = isBundle(reply)
                && answer.path("total").asInt(0) == 0
                && answer.path("entry").isEmpty();
        evidence.demand(
                ServerRule.UNKNOWN_IS_EMPTY,
                empty,
                "GET /Slot",
                reply.failure() == null ? "HTTP " + reply.status() : reply.detail(),
                CheckRequests.excerpt(reply));
    }

    /** With an invalid date. */
    private void judgeErrors() {
        URI right = question(order.practitioners().getFirst());
        URI wrong = URI.create(right.toString().replaceFirst("start=ge[^&]*", "start=gedemain"));
        Reply reply = asking.get(wrong, FhirMediaTypes.GUIDE_JSON);
        String path = "GET /Slot?…start=gedemain…";
        String status = reply.failure() == null ? "HTTP " + reply.status() : reply.detail();
        if (evidence.demand(
                ServerRule.ERROR_STATUS, reply.status() / 100 == 4, path, status, CheckRequests.excerpt(reply))) {
            JsonNode body = CheckRequests.json(reply);
            boolean outcome = body.path("resourceType").asText().equals("OperationOutcome")
                    && !body.path("issue").isEmpty();
            evidence.demand(ServerRule.ERROR_OUTCOME, outcome, path, null, CheckRequests.excerpt(reply));
        }
    }
}
