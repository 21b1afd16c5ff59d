package fr.sas.hub.replay;

import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SubjectParameter;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.explain.SlotExplanations;
import fr.sas.hub.index.Explanation;
import fr.sas.hub.index.Explanations;
import fr.sas.hub.intake.DeliveryInspection;
import fr.sas.hub.intake.Intake;
import fr.sas.hub.intake.JudgedEntry;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/connectors/{id}/deliveries}: what a vendor answered, and what became of it. */
@RestController
@RequestMapping("/api/v1/connectors/{id}/deliveries")
@Tag(name = "Deliveries", description = "What vendors answered, what became of it, and replaying it")
public class DeliveriesEndpoint {

    private static final String ABOUT = "Only those that asked for this practitioner or structure; if absent: all";
    private static final String FROM = "Only those requested at or after this instant; if absent: from the beginning";
    private static final String TO = "Only those requested at or before this instant; if absent: until now";
    private static final String INSTANT = "2026-06-12T00:00:00Z";
    private static final String CODE = "Only those with this finding, such as ENDS_BEFORE_IT_STARTS; if absent: all";
    private static final String OUTCOME = "complete, partial, failed or not-indexed; if absent: all";
    private static final String BEFORE = "next from the previous page; if absent: the newest";
    private static final int MOST = 500;
    /** Pages of larger bodies are available individually at their own address. */
    private static final long LARGEST_SHOWN = 1_000_000;

    private final DeliverySearch search;
    private final Deliveries deliveries;
    private final Intake intake;
    private final Explanations explanations;

    DeliveriesEndpoint(DeliverySearch search, Deliveries deliveries, Intake intake, Explanations explanations) {
        this.search = search;
        this.deliveries = deliveries;
        this.intake = intake;
        this.explanations = explanations;
    }

    /**
     * @param entries every Slot entry
     * @param findings everything found wrong, including outside Slot entries
     * @param body the pages as received; null if they exceed a megabyte: each has an address of its own
     */
    public record DeliveryDetails(
            DeliveryDocument delivery,
            List<Entry> entries,
            List<DeliveryInspection.InspectionFinding> findings,
            @Nullable List<String> body) {}

    /**
     * The outcome of an entry.
     *
     * @param code why it was rejected; null if it was not
     * @param fate its present one; for rejected entries, the one at the time
     */
    public record Entry(
            String path,
            String reference,
            @Nullable String subject,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String code,
            @Nullable String sentence,
            @Nullable String phrase,
            Fate fate) {}

    @GetMapping
    @Operation(summary = "Deliveries, newest first, with sizes, timings and counts")
    public DeliverySearch.DeliveryList list(
            @PathVariable String id,
            @Parameter(description = ABOUT) @RequestParam(required = false) @Nullable String practitioner,
            @Parameter(description = FROM, example = INSTANT) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = TO, example = INSTANT) @RequestParam(required = false) @Nullable String to,
            @Parameter(description = CODE) @RequestParam(required = false) @Nullable String code,
            @Parameter(description = OUTCOME) @RequestParam(required = false) @Nullable String outcome,
            @Parameter(description = BEFORE) @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(defaultValue = "50") int most) {
        Instant begin = InstantParameter.parseOrNull("from", from);
        Instant end = InstantParameter.parseOrNull("to", to);
        DeliverySearch.Query query = new DeliverySearch.Query(
                VendorParameter.parse(id),
                practitioner == null ? null : SubjectParameter.parse(practitioner),
                span(begin, end),
                before,
                Math.clamp(most, 1, MOST));
        return search.find(query, hasCode(code).and(hasOutcome(outcome)));
    }

    @GetMapping("/{delivery}")
    @Operation(summary = "One delivery: its body as received, and the outcome of each entry")
    public DeliveryDetails one(@PathVariable String id, @PathVariable UUID delivery) {
        Delivery found = find(VendorParameter.parse(id), delivery);
        DeliveryInspection inspection = intake.inspect(found, found.fetchedAt().plus(found.took()));
        DeliveryDocument document = search.documents(List.of(found.summary())).getFirst();
        Fates fates = fates(found, inspection);
        return new DeliveryDetails(
                document,
                inspection.entries().stream()
                        .map(entry -> entry(found, entry, fates))
                        .toList(),
                inspection.findings(),
                document.bytes() > LARGEST_SHOWN
                        ? null
                        : found.pages().stream()
                                .map(page -> new String(page, StandardCharsets.UTF_8))
                                .toList());
    }

    @GetMapping(path = "/{delivery}/pages/{number}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(summary = "One page of a delivery, byte for byte as received; the first is 1")
    public byte[] page(@PathVariable String id, @PathVariable UUID delivery, @PathVariable int number) {
        List<byte[]> pages = find(VendorParameter.parse(id), delivery).pages();
        if (number < 1 || number > pages.size()) {
            throw new NotFound(
                    "The delivery has " + pages.size() + " pages, and no page " + number,
                    "La livraison a " + pages.size() + " pages : celle-ci n'existe pas.");
        }
        return pages.get(number - 1);
    }

    private Delivery find(Source vendor, UUID delivery) {
        return deliveries
                .find(delivery)
                .filter(found -> found.source().equals(vendor))
                .orElseThrow(() -> new NotFound(
                        "There is no delivery " + delivery + " of " + vendor + ", or it is no longer stored",
                        "Cette livraison n'existe pas, ou elle n'est plus conservée."));
    }

    /**
     * What is known of the slots of a delivery.
     *
     * @param inIndex by subject and the vendor's names for them
     * @param booked those that never entered the index, because they were booked
     */
    private record Fates(Map<Subject, Explanation> explanations, Map<String, Fate> inIndex, Set<String> booked) {

        Fate of(JudgedEntry entry, boolean trial) {
            String key = entry.subject() + " " + entry.reference() + " " + entry.start();
            Fate known = entry.code() == null ? inIndex.get(key) : null;
            Explanation explanation = entry.subject() == null ? null : explanations.get(entry.subject());
            return known != null
                    ? known
                    : SlotExplanations.fateOutsideIndex(entry, trial, explanation, booked.contains(key));
        }
    }

    private Fates fates(Delivery delivery, DeliveryInspection inspection) {
        Fates fates = new Fates(new HashMap<>(), new HashMap<>(), new HashSet<>());
        for (Subject subject : delivery.asked()) {
            Explanation explanation = explanations.explain(subject, delivery.window(), null);
            fates.explanations().put(subject, explanation);
            explanation.candidates().stream()
                    .filter(candidate -> candidate.source().equals(delivery.source()))
                    .forEach(candidate -> fates.inIndex().put(key(candidate.slot()), candidate.fate()));
            explanations
                    .keptOutByBookings(
                            subject, delivery.source(), delivery.fetchedAt(), slots(inspection, subject), null)
                    .forEach(slot -> fates.booked().add(key(slot)));
        }
        return fates;
    }

    private static List<Slot> slots(DeliveryInspection inspection, Subject subject) {
        return inspection.entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.slot()))
                .filter(slot -> slot.subject().equals(subject))
                .toList();
    }

    private static String key(Slot slot) {
        return slot.subject() + " " + slot.reference() + " " + slot.start();
    }

    private static Entry entry(Delivery delivery, JudgedEntry entry, Fates fates) {
        Rule code = entry.code();
        return new Entry(
                entry.path(),
                entry.reference(),
                entry.subject() == null ? null : entry.subject().value(),
                entry.start(),
                entry.end(),
                code == null ? null : code.id(),
                entry.sentence(),
                entry.sentenceInFrench(),
                fates.of(entry, delivery.trial()));
    }

    private static Window span(@Nullable Instant from, @Nullable Instant to) {
        Instant begin = from == null ? Instant.EPOCH : from;
        Instant end = to == null ? Instant.parse("2999-01-01T00:00:00Z") : to;
        if (end.isBefore(begin)) {
            throw new InvalidInput("to", "must not be before from", "La fin ne peut pas être avant le début.");
        }
        return new Window(begin, end);
    }

    private static Predicate<DeliveryDocument> hasCode(@Nullable String code) {
        if (code == null) {
            return delivery -> true;
        }
        if (Rules.find(code).isEmpty()) {
            throw new InvalidInput("code", "must be the id of a rule, not " + code, "Cette règle n'existe pas.");
        }
        return delivery ->
                delivery.reading() != null && delivery.reading().codes().containsKey(code);
    }

    private static Predicate<DeliveryDocument> hasOutcome(@Nullable String outcome) {
        if (outcome == null) {
            return delivery -> true;
        }
        String words = Arrays.stream(DeliveryDocument.Outcome.values())
                .map(DeliveryDocument.Outcome::code)
                .collect(Collectors.joining(", "));
        if (!List.of(words.split(", ")).contains(outcome)) {
            throw new InvalidInput("outcome", "must be one of " + words, "Choisissez une issue de la liste.");
        }
        return delivery -> delivery.outcome().equals(outcome);
    }
}
