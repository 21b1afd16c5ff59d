package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Merged slots in one line, such as {@code 10:00-10:15 here soleil+lune | 11:00-11:15 there agenda?}. */
final class MergedSlotLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private MergedSlotLines() {}

    static String line(Availability availability) {
        return line(availability.slots());
    }

    static String line(List<MergedSlot> slots) {
        return slots.stream()
                .map(slot -> line(
                        slot.slot().start(),
                        slot.slot().end(),
                        slot.slot().place(),
                        Stream.concat(
                                        Stream.of(slot.source()),
                                        slot.others().stream().map(MergedSlot.Other::source))
                                .toList(),
                        slot.verified()))
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    /** @param sources the leading one first */
    static String line(Instant start, Instant end, String place, List<Source> sources, boolean verified) {
        return TIME.format(start) + "-" + TIME.format(end) + " " + place + " "
                + sources.stream().map(Source::name).collect(Collectors.joining("+")) + (verified ? "" : "?");
    }
}
