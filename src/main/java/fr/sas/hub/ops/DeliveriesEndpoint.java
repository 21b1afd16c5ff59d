package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.index.Explanation;
import fr.sas.hub.index.Explanations;
import fr.sas.hub.intake.Inspection;
import fr.sas.hub.intake.Intake;
import fr.sas.hub.intake.JudgedEntry;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.rule.Severity;
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
import java.util.List;
import java.util.Map;
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
class DeliveriesEndpoint {

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
    record Whole(
            DeliveryDocument delivery,
            List<Entry> entries,
            List<Inspection.Found> findings,
            @Nullable List<String> body) {}

    /**
     * The outcome of an entry.
     *
     * @param code why it was rejected; null if it was not
     * @param fate its present one; for rejected entries, the one at the time
     */
    record Entry(
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
    DeliverySearch.Found list(
            @PathVariable String id,
            @Parameter(description = "Only those that asked for this practitioner or structure")
                    @RequestParam(required = false)
                    @Nullable
                    String practitioner,
            @Parameter(description = "Only those requested at or after this instant")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "Only those requested at or before this instant")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "Only those with this finding, such as ENDS_BEFORE_IT_STARTS")
                    @RequestParam(required = false)
                    @Nullable
                    String code,
            @Parameter(description = "complete, partial, failed or not-indexed")
                    @RequestParam(required = false)
                    @Nullable
                    String outcome,
            @Parameter(description = "Continue after this delivery: next of the previous answer")
                    @RequestParam(required = false)
                    @Nullable
                    UUID before,
            @RequestParam(defaultValue = "50") int most) {
        Instant begin = ConsoleParameters.instantOrNull("from", from);
        Instant end = ConsoleParameters.instantOrNull("to", to);
        DeliverySearch.Query query = new DeliverySearch.Query(
                vendor(id),
                practitioner == null ? null : ConsoleParameters.subject(practitioner),
                span(begin, end),
                before,
                Math.clamp(most, 1, MOST));
        return search.find(query, hasCode(code).and(hasOutcome(outcome)));
    }

    @GetMapping("/{delivery}")
    @Operation(summary = "One delivery: its body as received, and the outcome of each entry")
    Whole one(@PathVariable String id, @PathVariable UUID delivery) {
        Delivery found = find(vendor(id), delivery);
        Inspection inspection = intake.inspect(found, found.fetchedAt().plus(found.took()));
        DeliveryDocument document = search.documents(List.of(found.summary())).getFirst();
        Map<String, Fate> fates = fates(found, inspection);
        return new Whole(
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
    byte[] page(@PathVariable String id, @PathVariable UUID delivery, @PathVariable int number) {
        List<byte[]> pages = find(vendor(id), delivery).pages();
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

    /** The fates of the vendor's slots, by subject and the vendor's names for them. */
    private Map<String, Fate> fates(Delivery delivery, Inspection inspection) {
        Map<String, Fate> fates = new HashMap<>();
        for (Subject subject : delivery.asked()) {
            Explanation explanation = explanations.explain(subject, delivery.window(), null);
            explanation.candidates().stream()
                    .filter(candidate -> candidate.source().equals(delivery.source()))
                    .forEach(candidate -> fates.put(key(candidate.slot()), candidate.fate()));
            explanations
                    .keptOutByBookings(
                            subject, delivery.source(), delivery.fetchedAt(), slots(inspection, subject), null)
                    .forEach(slot -> fates.putIfAbsent(key(slot), Fate.BOOKED));
        }
        return fates;
    }

    private static List<Slot> slots(Inspection inspection, Subject subject) {
        return inspection.entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.slot()))
                .filter(slot -> slot.subject().equals(subject))
                .toList();
    }

    private static String key(Slot slot) {
        return slot.subject() + " " + slot.reference() + " " + slot.start();
    }

    private static Entry entry(Delivery delivery, JudgedEntry entry, Map<String, Fate> fates) {
        Rule code = entry.code();
        Fate fate = code == null
                ? fates.getOrDefault(
                        entry.subject() + " " + entry.reference() + " " + entry.start(),
                        delivery.trial() ? Fate.VENDOR_ON_TRIAL : Fate.NOT_TAKEN)
                : code.severity() == Severity.WITHHELD ? Fate.WITHHELD : Fate.REJECTED;
        return new Entry(
                entry.path(),
                entry.reference(),
                entry.subject() == null ? null : entry.subject().value(),
                entry.start(),
                entry.end(),
                code == null ? null : code.id(),
                entry.sentence(),
                entry.sentenceInFrench(),
                fate);
    }

    private static Source vendor(String id) {
        return ConsoleParameters.source(id).orElseThrow(() -> ConsoleParameters.noVendor(id));
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
                .map(DeliveryDocument.Outcome::word)
                .collect(Collectors.joining(", "));
        if (!List.of(words.split(", ")).contains(outcome)) {
            throw new InvalidInput("outcome", "must be one of " + words, "Choisissez une issue de la liste.");
        }
        return delivery -> delivery.outcome().equals(outcome);
    }
}
