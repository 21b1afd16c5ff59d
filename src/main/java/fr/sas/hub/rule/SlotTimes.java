package fr.sas.hub.rule;

import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirInstants.WrittenInstant;
import fr.sas.hub.slot.Quirk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Start and end of a slot as instants, with the tolerances that a vendor's descriptor names. Clock changes are handled
 * as decided in docs/decisions/0004.
 */
record SlotTimes(Instant start, Instant end) {

    /** A time as written, and its possible offsets: two when clocks go back and none is given. */
    private record Time(LocalDateTime local, List<ZoneOffset> offsets) {}

    /** Null, with a finding recorded, when they cannot be read. */
    static @Nullable SlotTimes read(LocatedResource slot, ZoneId place, Set<Quirk> quirks, Evidence evidence) {
        Time from = time(slot, "start", place.getRules(), quirks, evidence);
        Time to = time(slot, "end", place.getRules(), quirks, evidence);
        if (from == null || to == null) {
            return null;
        }
        if (from.offsets().size() == 1 && to.offsets().size() == 1) {
            return new SlotTimes(
                    from.local().toInstant(from.offsets().getFirst()),
                    to.local().toInstant(to.offsets().getFirst()));
        }
        return whenClocksGoBack(from, to);
    }

    /** The earlier reading, unless only the later one gives the slot the length that its local times imply. */
    private static SlotTimes whenClocksGoBack(Time from, Time to) {
        Duration said = Duration.between(from.local(), to.local());
        SlotTimes first = null;
        for (ZoneOffset startOffset : from.offsets()) {
            for (ZoneOffset endOffset : to.offsets()) {
                SlotTimes times = new SlotTimes(
                        from.local().toInstant(startOffset), to.local().toInstant(endOffset));
                if (times.length().equals(said)) {
                    return times;
                }
                if (first == null || (!first.isForward() && times.isForward())) {
                    first = times;
                }
            }
        }
        return Objects.requireNonNull(first);
    }

    private static @Nullable Time time(
            LocatedResource slot, String element, ZoneRules rules, Set<Quirk> quirks, Evidence evidence) {
        String text = slot.text(element);
        if (!evidence.demand(SlotRule.TIME_MISSING, text != null, slot, element, element) || text == null) {
            return null;
        }
        WrittenInstant written = FhirInstants.read(text);
        if (!evidence.demand(SlotRule.TIME_UNREADABLE, written != null, slot, element, text) || written == null) {
            return null;
        }
        ZoneOffset offset = written.offset();
        if (offset == null && quirks.contains(Quirk.TIMES_WITHOUT_ZONE)) {
            return existing(slot, element, text, written, rules, evidence);
        }
        if (!evidence.demand(SlotRule.TIME_WITHOUT_OFFSET, offset != null, slot, element, text) || offset == null) {
            return null;
        }
        if (quirks.contains(Quirk.WRONG_SEASONAL_OFFSET) && isOfAnotherSeason(written.local(), offset, rules)) {
            return existing(slot, element, text, written, rules, evidence);
        }
        evidence.demand(SlotRule.TIME_FORM, isOfTheGuide(text), slot, element, text);
        if (!quirks.contains(Quirk.WRONG_SEASONAL_OFFSET)) {
            evidence.demand(
                    SlotRule.OFFSET_OF_ANOTHER_SEASON,
                    offset.equals(ZoneOffset.UTC) || !isOfAnotherSeason(written.local(), offset, rules),
                    slot,
                    element,
                    text);
        }
        return new Time(written.local(), List.of(offset));
    }

    private static @Nullable Time existing(
            LocatedResource slot,
            String element,
            String text,
            WrittenInstant written,
            ZoneRules rules,
            Evidence evidence) {
        List<ZoneOffset> offsets = rules.getValidOffsets(written.local());
        return evidence.demand(SlotRule.TIME_DOES_NOT_EXIST, !offsets.isEmpty(), slot, element, text)
                ? new Time(written.local(), offsets)
                : null;
    }

    /** {@code 2026-06-12T10:00:00.000+02:00}: milliseconds and a numeric offset. */
    private static boolean isOfTheGuide(String text) {
        return text.length() == 29
                && text.charAt(19) == '.'
                && "+-".indexOf(text.charAt(23)) >= 0
                && text.charAt(26) == ':';
    }

    /** Whether the zone has this offset at some time of the year, but not at this one. */
    private static boolean isOfAnotherSeason(LocalDateTime local, ZoneOffset offset, ZoneRules rules) {
        if (rules.isFixedOffset() || rules.getValidOffsets(local).contains(offset)) {
            return false;
        }
        Instant midsummer = local.withDayOfYear(183).toInstant(ZoneOffset.UTC);
        Instant midwinter = local.withDayOfYear(5).toInstant(ZoneOffset.UTC);
        return rules.getOffset(midsummer).equals(offset)
                || rules.getOffset(midwinter).equals(offset);
    }

    Duration length() {
        return Duration.between(start, end);
    }

    boolean isForward() {
        return end.isAfter(start);
    }
}
