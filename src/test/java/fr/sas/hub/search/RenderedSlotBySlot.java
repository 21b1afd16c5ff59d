package fr.sas.hub.search;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The answer that an obvious hub writes: the same, with nothing kept and nothing put together before. */
final class RenderedSlotBySlot {

    static final String BASE = "http://hub.example/fhir";

    /** A slot that a search finds. */
    record Found(Availability who, MergedSlot slot) {

        Subject subject() {
            return who.subject();
        }

        PracticeLocation place() {
            return Objects.requireNonNull(who.places().get(slot.slot().place()));
        }

        String schedule() {
            return LogicalIds.schedule(subject(), place(), slot.source());
        }

        NamedSubject party() {
            return Objects.requireNonNull(who.party());
        }

        ResourceShape shape() {
            return ResourceShape.of(who);
        }
    }

    private final SearchQuery query;
    private final Instant knownAt;
    /** By type and id: whatever is there already is not written again. */
    private final Map<String, String> entries = new LinkedHashMap<>();

    private RenderedSlotBySlot(SearchQuery query, Instant knownAt) {
        this.query = query;
        this.knownAt = knownAt;
    }

    static String of(SearchQuery query, List<Availability> known, Instant now) {
        List<Found> found = found(query, known, now);
        return page(query, found, found.size(), now);
    }

    /** In the order in which they are answered. */
    static List<Found> found(SearchQuery query, List<Availability> known, Instant now) {
        Map<Subject, List<Found>> found = known.stream()
                .filter(one -> query.kind() != SearchQuery.Kind.CENTRES || one.isCentre())
                .flatMap(one -> one.slots().stream().map(slot -> new Found(one, slot)))
                .filter(one -> isFound(query, one, now))
                .collect(Collectors.groupingBy(Found::subject));
        return found.values().stream()
                .sorted(Comparator.comparing((List<Found> of) ->
                                !of.getFirst().who.commitment().participates())
                        .thenComparing(of -> of.getFirst().slot.slot().start())
                        .thenComparing(of -> of.getFirst().subject().value()))
                .flatMap(List::stream)
                .toList();
    }

    private static boolean isFound(SearchQuery query, Found one, Instant now) {
        boolean there = one.who.commitment().at(one.place()).participates();
        Instant start = one.slot.slot().start();
        return !start.isBefore(query.window().from())
                && !start.isAfter(query.window().to())
                && one.slot.slot().end().isAfter(now)
                && (query.participation() == null || query.participation() == there);
    }

    /**
     * @param page those of the slots found that are answered together
     * @param total how many are found
     */
    static String page(SearchQuery query, List<Found> page, int total, Instant knownAt) {
        RenderedSlotBySlot answer = new RenderedSlotBySlot(query, knownAt);
        answer.write(page);
        String head = "\"total\":" + total + ",";
        return answer.entries.isEmpty()
                ? head + "}"
                : head + ",\"entry\":[{\"fullUrl\":\"" + BASE + "/"
                        + String.join(",{\"fullUrl\":\"" + BASE + "/", answer.entries.values()) + "]}";
    }

    private void write(List<Found> page) {
        page.forEach(one -> put(one.shape().slot(one.slot, one.place(), one.schedule(), query.isForCommunities())));
        if (query.includes(SearchQuery.Include.SCHEDULE)) {
            page.stream()
                    .collect(Collectors.groupingBy(Found::subject, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(this::writeSchedules);
        }
        if (query.isForCommunities()) {
            page.stream()
                    .flatMap(one -> one.slot.slot().communities().stream())
                    .map(ShelvedCommunity::of)
                    .forEach(community -> {
                        put(community.service());
                        put(community.organization());
                    });
        }
    }

    private void writeSchedules(List<Found> page) {
        Found any = page.getFirst();
        Availability who = any.who;
        List<String> order = who.slots().stream()
                .map(slot -> new Found(who, slot).schedule())
                .distinct()
                .toList();
        page.stream()
                .sorted(Comparator.comparing(one -> order.indexOf(one.schedule())))
                .forEach(this::writeSchedule);
        boolean isWhole = who.isCentre() && query.includes(any.shape().placeIncludedBy());
        if (isWhole || query.includes(any.shape().partyIncludedBy())) {
            put(any.shape().party(any.party(), who));
        }
    }

    private void writeSchedule(Found one) {
        put(
                one.shape().schedule(one.schedule(), one.party(), one.place(), one.slot.source()),
                FhirInstants.write(syncOf(one), PlaceZones.MAINLAND));
        if (query.includes(one.shape().placeIncludedBy())) {
            put(one.shape().place(one.party(), one.place(), one.who));
            ShelvedStructure toCall = ShelvedStructure.of(one.who.commitment().structureToCall(one.place()));
            if (toCall != null) {
                put(toCall.organization());
            }
        }
    }

    private Instant syncOf(Found one) {
        return one.who.statuses().stream()
                .filter(status -> status.source().equals(one.slot.source())
                        && !status.source().isAgenda())
                .map(SourceStatus::confirmedAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(knownAt);
    }

    private void put(BundleEntry entry) {
        put(entry, "");
    }

    private void put(BundleEntry entry, String sync) {
        String text = new String(entry.piece().plain, StandardCharsets.UTF_8);
        entries.putIfAbsent(text.substring(0, text.indexOf('"')), text.replace(ResourceWriter.UNKNOWN_SYNC, sync));
    }

    /** What stands behind the head of the Bundle, which names it anew each time, and before what is told of sources. */
    static String entries(byte[] answer) {
        return afterTheHead(answer)
                .replaceFirst("\"link\":\\[[^]]*]", "")
                .replaceFirst(",?\\{\"fullUrl\":\"urn:uuid:.*\"mode\":\"outcome\"}}", "")
                .replace(",\"entry\":[]", "");
    }

    static String afterTheHead(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\"total\":"));
    }

    static byte[] unzipped(byte[] gzipped) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            return in.readAllBytes();
        }
    }
}
