package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's resources say of some subjects, in the form of an answer to a question: a searchset of their free Slots
 * with all that these refer to. Texts are put together as they were stored.
 */
final class Composition {

    /** There is nothing. */
    static final byte[] EMPTY =
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}".getBytes(StandardCharsets.UTF_8);

    /** At free times that go on; what enters the horizon meanwhile is in the window already. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofHours(5);

    private final AvailabilityTime.Span span;
    private final Map<Address, String> schedules;
    private final Map<String, Set<String>> subjectsOf = new HashMap<>();
    private final Map<String, List<ScheduleTables.SlotRow>> slots;
    private final Closure closure;
    private final Map<String, Instant> nextBeyond;

    private Composition(
            AvailabilityTime.Span span,
            Map<Address, String> schedules,
            Map<String, List<ScheduleTables.SlotRow>> slots,
            Closure closure,
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
     * @param window in which Slots are told that the vendor lists
     * @param freeTimes from now on, in which what a Schedule says of free times is told as Slots
     */
    static Composition of(
            String vendor,
            Collection<String> subjects,
            Window window,
            Window freeTimes,
            ResourceTables resources,
            ScheduleTables agendas) {
        Map<Address, String> schedules = subjects.isEmpty() ? Map.of() : agendas.schedulesOf(vendor, subjects);
        AvailabilityTime.Span span = new AvailabilityTime.Span(freeTimes.from(), freeTimes.to());
        List<String> ids = schedules.keySet().stream().map(Address::id).toList();
        if (ids.isEmpty()) {
            return new Composition(
                    span, schedules, Map.of(), Closure.of(vendor, schedules, List.of(), resources), Map.of());
        }
        List<ScheduleTables.SlotRow> rows = agendas.slotsOf(vendor, ids, freeTimes.from(), window.to());
        Set<Address> more = new HashSet<>();
        for (ScheduleTables.SlotRow row : rows) {
            if (row.free() && row.json().contains("HealthcareService/")) {
                more.addAll(Closure.references(Json.tree(row.json())));
            }
        }
        return new Composition(
                span,
                schedules,
                rows.stream().collect(Collectors.groupingBy(ScheduleTables.SlotRow::schedule)),
                Closure.of(vendor, schedules, more, resources),
                agendas.nextBeyond(vendor, ids, window.to()));
    }

    /** @param practitioners of these, or of associations; null when there is nothing of that kind */
    byte @Nullable [] bundle(boolean practitioners) {
        List<Address> mine = new ArrayList<>();
        for (Address address : schedules.keySet()) {
            if (subjectsOf.getOrDefault(address.id(), Set.of()).stream()
                    .anyMatch(subject -> PractitionerId.parse(subject).isPresent() == practitioners)) {
                mine.add(address);
            }
        }
        if (mine.isEmpty()) {
            return null;
        }
        Map<Address, String> entries = new LinkedHashMap<>();
        for (Address schedule : mine) {
            for (ScheduleTables.SlotRow slot : slots.getOrDefault(schedule.id(), List.of())) {
                if (slot.free()) {
                    entries.put(slot.address(), slot.json());
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
        return write(entries, total);
    }

    private static byte[] write(Map<Address, String> entries, int total) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() * 1000);
        out.writeBytes(("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":" + total + ",\"entry\":[")
                .getBytes(StandardCharsets.UTF_8));
        boolean first = true;
        for (Map.Entry<Address, String> entry : entries.entrySet()) {
            String mode = entry.getKey().type().equals("Slot") ? "match" : "include";
            out.writeBytes(((first ? "" : ",") + "{\"resource\":" + entry.getValue() + ",\"search\":{\"mode\":\"" + mode
                            + "\"}}")
                    .getBytes(StandardCharsets.UTF_8));
            first = false;
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** What a Schedule says of free times, as Slots. */
    private Map<Address, String> computed(Address address) {
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

    /** When something of this subject enters the horizon although the vendor says nothing; null when nothing will. */
    @Nullable
    Instant dueAt(String subject, Instant now, Duration slotsAhead) {
        Instant due = null;
        for (Address schedule : schedules.keySet()) {
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
