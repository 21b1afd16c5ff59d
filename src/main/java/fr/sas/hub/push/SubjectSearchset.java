package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Window;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's resources say about some subjects, in the form of a search result: a searchset of their free Slots
 * with everything these refer to. The JSON of each resource is inserted as it was stored.
 */
final class SubjectSearchset {

    /** As the vendor's own answers would begin: faults of what the hub composes must not be reported as the vendor's. */
    private static final String HEAD =
            "{\"resourceType\":\"Bundle\",\"meta\":{\"profile\":[\"%s\"]},\"type\":\"searchset\",\"total\":%d,"
                    + "\"link\":[{\"relation\":\"self\",\"url\":\"%s\"}]";

    /** For free times that continue; what enters the horizon before then is already in the window. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofHours(5);

    private final AvailabilityTime.Span span;
    private final Map<ResourceAddress, String> schedules;
    private final Map<String, Set<String>> subjectsOf = new HashMap<>();
    private final Map<String, List<ScheduleTables.SlotRow>> slots;
    private final ReferenceClosure closure;
    private final Map<String, Instant> nextBeyond;

    private SubjectSearchset(
            AvailabilityTime.Span span,
            Map<ResourceAddress, String> schedules,
            Map<String, List<ScheduleTables.SlotRow>> slots,
            ReferenceClosure closure,
            Map<String, Instant> nextBeyond) {
        this.span = span;
        this.schedules = schedules;
        this.slots = slots;
        this.closure = closure;
        this.nextBeyond = nextBeyond;
        schedules.keySet().forEach(address -> {
            JsonNode schedule = closure.find(address);
            subjectsOf.put(address.id(), schedule == null ? Set.of() : closure.subjectsOf(schedule));
        });
    }

    /**
     * @param window for the Slots that the vendor lists
     * @param freeTimes from now on, for the Slots that are computed from the free times of a Schedule
     * @param writtenAt at which this transaction wrote what {@code resources} have of it; null if it wrote nothing
     */
    static SubjectSearchset of(
            Collection<String> subjects,
            Window window,
            Window freeTimes,
            @Nullable Instant writtenAt,
            ResourcesInHand resources,
            ScheduleTables scheduleTables) {
        String vendor = resources.vendor();
        Map<ResourceAddress, String> schedules =
                subjects.isEmpty() ? Map.of() : scheduleTables.schedulesOf(vendor, subjects);
        resources.read(schedules);
        AvailabilityTime.Span span = new AvailabilityTime.Span(freeTimes.from(), freeTimes.to());
        List<String> ids = schedules.keySet().stream().map(ResourceAddress::id).toList();
        if (ids.isEmpty()) {
            return new SubjectSearchset(
                    span, schedules, Map.of(), ReferenceClosure.of(schedules, List.of(), resources), Map.of());
        }
        List<ScheduleTables.SlotRow> rows =
                withContents(scheduleTables.slotsOf(vendor, ids, freeTimes.from(), window.to(), writtenAt), resources);
        Set<ResourceAddress> more = new HashSet<>();
        for (ScheduleTables.SlotRow row : rows) {
            if (row.free() && json(row).contains("HealthcareService/")) {
                more.addAll(ReferenceClosure.references(PushJson.tree(json(row))));
            }
        }
        return new SubjectSearchset(
                span,
                schedules,
                rows.stream().collect(Collectors.groupingBy(ScheduleTables.SlotRow::schedule)),
                ReferenceClosure.of(schedules, more, resources),
                scheduleTables.nextBeyond(vendor, ids, window.to()));
    }

    /** Of those read without it. */
    private static List<ScheduleTables.SlotRow> withContents(
            List<ScheduleTables.SlotRow> rows, ResourcesInHand resources) {
        List<ResourceAddress> unread = rows.stream()
                .filter(row -> row.json() == null)
                .map(ScheduleTables.SlotRow::address)
                .toList();
        if (unread.isEmpty()) {
            return rows;
        }
        Map<ResourceAddress, String> contents = resources.contents(unread);
        return rows.stream()
                .map(row -> row.json() != null ? row : row.with(Objects.requireNonNull(contents.get(row.address()))))
                .toList();
    }

    private static String json(ScheduleTables.SlotRow row) {
        return Objects.requireNonNull(row.json());
    }

    /** A searchset without matches. @param base of the vendor's resources */
    static byte[] empty(String base) {
        return (HEAD.formatted(FhirVocabulary.BUNDLE, 0, base) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Null if there is nothing of that kind.
     *
     * @param practitioners for practitioners, whose Slots are the matches; otherwise for associations, whose Schedules are
     * @param base of the vendor's resources, without a slash at its end
     */
    byte @Nullable [] bundle(boolean practitioners, String base) {
        List<ResourceAddress> mine = new ArrayList<>();
        for (ResourceAddress address : schedules.keySet()) {
            if (subjectsOf.getOrDefault(address.id(), Set.of()).stream()
                    .anyMatch(subject -> PractitionerId.parse(subject).isPresent() == practitioners)) {
                mine.add(address);
            }
        }
        if (mine.isEmpty()) {
            return null;
        }
        Map<ResourceAddress, String> entries = new LinkedHashMap<>();
        for (ResourceAddress schedule : mine) {
            for (ScheduleTables.SlotRow slot : slots.getOrDefault(schedule.id(), List.of())) {
                if (slot.free()) {
                    entries.put(slot.address(), json(slot));
                }
            }
            entries.putAll(computed(schedule));
        }
        int total = entries.size();
        mine.forEach(address -> entries.put(address, schedules.get(address)));
        closure.contents().forEach((address, json) -> {
            if (!address.type().equals("Schedule")) {
                entries.put(address, json);
            }
        });
        return write(entries, practitioners ? "Slot" : "Schedule", total, base);
    }

    private static byte[] write(Map<ResourceAddress, String> entries, String matches, int total, String base) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() * 1000);
        out.writeBytes(
                (HEAD.formatted(FhirVocabulary.BUNDLE, total, base) + ",\"entry\":[").getBytes(StandardCharsets.UTF_8));
        String fullUrl = "{\"fullUrl\":\"" + base + "/";
        String before = fullUrl;
        for (Map.Entry<ResourceAddress, String> entry : entries.entrySet()) {
            ResourceAddress address = entry.getKey();
            String mode = address.type().equals(matches) ? "match" : "include";
            out.writeBytes((before + address + "\",\"resource\":" + entry.getValue() + ",\"search\":{\"mode\":\"" + mode
                            + "\"}}")
                    .getBytes(StandardCharsets.UTF_8));
            before = "," + fullUrl;
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** The Slots computed from the free times of a Schedule. */
    private Map<ResourceAddress, String> computed(ResourceAddress address) {
        JsonNode schedule = closure.find(address);
        if (schedule == null || schedule.path("extension").isEmpty()) {
            return Map.of();
        }
        List<AvailabilityTime.Span> listed = new ArrayList<>();
        for (ScheduleTables.SlotRow slot : slots.getOrDefault(address.id(), List.of())) {
            Instant start = slot.start();
            Instant end = slot.end();
            if (start != null && end != null) {
                listed.add(new AvailabilityTime.Span(start, end));
            }
        }
        return ComputedSlots.of(address.id(), schedule, closure.zoneOf(schedule), span, listed);
    }

    /**
     * When something about this subject will enter the horizon without the vendor sending anything; null if nothing
     * will.
     */
    @Nullable
    Instant dueAt(String subject, Instant now, Duration slotsAhead) {
        Instant due = null;
        for (ResourceAddress schedule : schedules.keySet()) {
            JsonNode tree = closure.find(schedule);
            Instant next = tree != null && ComputedSlots.goOnAfter(tree, span.to())
                    ? now.plus(slotsAhead).plus(LOOK_AGAIN_AFTER)
                    : nextBeyond.get(schedule.id());
            if (next != null && subjectsOf.getOrDefault(schedule.id(), Set.of()).contains(subject)) {
                Instant at = next.minus(slotsAhead);
                due = due == null || at.isBefore(due) ? at : due;
            }
        }
        return due;
    }
}
