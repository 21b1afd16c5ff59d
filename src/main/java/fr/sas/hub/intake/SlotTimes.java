package fr.sas.hub.intake;

import fr.sas.hub.connector.Quirk;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirInstants.Written;
import fr.sas.hub.rule.SlotRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Start and end of a slot as instants, with the tolerances a vendor's descriptor names. What happens at clock changes is
 * decided in docs/decisions/0004.
 */
record SlotTimes(Instant start, Instant end) {

    static SlotTimes read(@Nullable String start, @Nullable String end, ZoneId place, Set<Quirk> quirks)
            throws BadEntry {
        ZoneRules rules = place.getRules();
        Written from = written("start", start);
        Written to = written("end", end);
        List<ZoneOffset> startOffsets = offsets("start", start, from, rules, quirks);
        List<ZoneOffset> endOffsets = offsets("end", end, to, rules, quirks);
        if (startOffsets.size() == 1 && endOffsets.size() == 1) {
            return new SlotTimes(at(from, startOffsets.getFirst()), at(to, endOffsets.getFirst()));
        }
        return whenClocksGoBack(from.local(), startOffsets, to.local(), endOffsets);
    }

    /** The earlier reading, unless only the later one makes the slot as long as its local times say. */
    private static SlotTimes whenClocksGoBack(
            LocalDateTime from, List<ZoneOffset> startOffsets, LocalDateTime to, List<ZoneOffset> endOffsets) {
        Duration said = Duration.between(from, to);
        SlotTimes first = null;
        for (ZoneOffset startOffset : startOffsets) {
            for (ZoneOffset endOffset : endOffsets) {
                SlotTimes times = new SlotTimes(from.toInstant(startOffset), to.toInstant(endOffset));
                if (times.length().equals(said)) {
                    return times;
                }
                if (first == null || (!first.isForward() && times.isForward())) {
                    first = times;
                }
            }
        }
        return java.util.Objects.requireNonNull(first);
    }

    private static Written written(String element, @Nullable String text) throws BadEntry {
        if (text == null || text.isBlank()) {
            throw new BadEntry(SlotRule.TIME_MISSING, element, element);
        }
        Written written = FhirInstants.read(text.strip());
        if (written == null) {
            throw new BadEntry(SlotRule.TIME_UNREADABLE, element, text);
        }
        return written;
    }

    /** The offsets that the time may have: one, or two when clocks go back and nobody says which. */
    private static List<ZoneOffset> offsets(
            String element, @Nullable String text, Written written, ZoneRules rules, Set<Quirk> quirks)
            throws BadEntry {
        ZoneOffset offset = written.offset();
        if (offset == null) {
            if (!quirks.contains(Quirk.TIMES_WITHOUT_ZONE)) {
                throw new BadEntry(SlotRule.TIME_WITHOUT_OFFSET, element, text);
            }
            return existing(element, text, rules.getValidOffsets(written.local()));
        }
        if (quirks.contains(Quirk.WRONG_SEASONAL_OFFSET) && isOfAnotherSeason(written.local(), offset, rules)) {
            return existing(element, text, rules.getValidOffsets(written.local()));
        }
        return List.of(offset);
    }

    private static List<ZoneOffset> existing(String element, @Nullable String text, List<ZoneOffset> offsets)
            throws BadEntry {
        if (offsets.isEmpty()) {
            throw new BadEntry(SlotRule.TIME_DOES_NOT_EXIST, element, text);
        }
        return offsets;
    }

    /** The zone has this offset at some time of the year, but not then. */
    private static boolean isOfAnotherSeason(LocalDateTime local, ZoneOffset offset, ZoneRules rules) {
        if (rules.isFixedOffset() || rules.getValidOffsets(local).contains(offset)) {
            return false;
        }
        Instant midsummer = local.withDayOfYear(183).toInstant(ZoneOffset.UTC);
        Instant midwinter = local.withDayOfYear(5).toInstant(ZoneOffset.UTC);
        return rules.getOffset(midsummer).equals(offset)
                || rules.getOffset(midwinter).equals(offset);
    }

    private static Instant at(Written written, ZoneOffset offset) {
        return written.local().toInstant(offset);
    }

    Duration length() {
        return Duration.between(start, end);
    }

    boolean isForward() {
        return end.isAfter(start);
    }
}
