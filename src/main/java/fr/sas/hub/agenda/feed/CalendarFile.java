package fr.sas.hub.agenda.feed;

import fr.sas.hub.agenda.VisiblePart;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.slot.PracticeLocation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.Daylight;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.Standard;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.TzOffsetFrom;
import net.fortuna.ical4j.model.property.TzOffsetTo;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * An agenda as iCalendar (RFC 5545): one event per visible part of an occurrence, in the place's time zone, whose
 * definition is included. Events do not recur: unavailability and the rules for clock changes (docs/decisions/0004)
 * have already been applied. Titles are in French, like their readers.
 */
final class CalendarFile {

    /** For an empty calendar, which must still have a component (RFC 5545 §3.6). */
    private static final String ZONE_IF_EMPTY = "Europe/Paris";

    private static final Instant INSTANT_IF_EMPTY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(15);
    private static final ParameterList IN_MINUTES = new ParameterList(List.of(Value.DURATION));
    private static final int NEVER_FOLDED = Integer.MAX_VALUE;
    private static final int LONGEST_LINE = 75;

    /** Passed on as text: the library's own rules for writing hours are wrong where clocks never change. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private CalendarFile() {}

    static String of(List<VisiblePart> parts) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//SAS hub//Agenda//FR"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", "Agenda SAS"));
        calendar.add(new XProperty("REFRESH-INTERVAL", IN_MINUTES, READ_AGAIN_AFTER.toString()));
        calendar.add(new XProperty("X-PUBLISHED-TTL", READ_AGAIN_AFTER.toString()));
        Map<ZoneId, List<VisiblePart>> byZone = new TreeMap<>(Comparator.comparing(ZoneId::getId));
        parts.forEach(
                part -> byZone.computeIfAbsent(part.entry().typed().place().zone(), zone -> new ArrayList<>())
                        .add(part));
        byZone.forEach((zone, there) -> calendar.add(clocks(zone, there)));
        if (byZone.isEmpty()) {
            calendar.add(clocks(ZoneId.of(ZONE_IF_EMPTY), List.of()));
        }
        parts.forEach(part -> calendar.add(event(part)));
        StringWriter text = new StringWriter();
        try {
            new CalendarOutputter(false, NEVER_FOLDED).output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folded(text.toString());
    }

    /** Folds lines to at most 75 octets (RFC 5545 §3.1) without splitting characters. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length() + text.length() / 32);
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (character == '\n' || character == '\r') {
                octets = 0;
            } else if (octets + length > LONGEST_LINE) {
                folded.append("\r\n ");
                octets = 1 + length;
            } else {
                octets += length;
            }
            folded.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return folded.toString();
    }

    /** The zone's offsets from the first event to the last; older ones, some of which have seconds, are left out. */
    private static VTimeZone clocks(ZoneId zone, List<VisiblePart> events) {
        ZoneRules rules = zone.getRules();
        Instant first = events.stream()
                .map(VisiblePart::start)
                .min(Comparator.naturalOrder())
                .orElse(INSTANT_IF_EMPTY);
        Instant last = events.stream()
                .map(VisiblePart::end)
                .max(Comparator.naturalOrder())
                .orElse(INSTANT_IF_EMPTY);
        List<Observance> observances = new ArrayList<>();
        ZoneOffsetTransition change = rules.previousTransition(first.plusSeconds(1));
        if (change == null || change.getInstant().isBefore(Instant.EPOCH)) {
            ZoneOffset offset = rules.getOffset(first);
            observances.add(observance(new Standard(), LocalDateTime.of(1970, 1, 1, 0, 0), offset, offset));
            change = rules.nextTransition(first);
        }
        for (;
                change != null && change.getInstant().isBefore(last.plusSeconds(1));
                change = rules.nextTransition(change.getInstant())) {
            boolean summer = rules.isDaylightSavings(change.getInstant());
            observances.add(observance(
                    summer ? new Daylight() : new Standard(),
                    change.getDateTimeBefore(),
                    change.getOffsetBefore(),
                    change.getOffsetAfter()));
        }
        VTimeZone clocks = new VTimeZone(new ComponentList<>(observances));
        clocks.add(new TzId(zone.getId()));
        return clocks;
    }

    private static Observance observance(
            Observance observance, LocalDateTime from, ZoneOffset before, ZoneOffset after) {
        observance.add(new DtStart<>(from));
        observance.add(new TzOffsetFrom(before));
        observance.add(new TzOffsetTo(after));
        return observance;
    }

    private static VEvent event(VisiblePart part) {
        EntryDraft typed = part.entry().typed();
        ZoneId zone = typed.place().zone();
        VEvent event = new VEvent(false);
        event.add(
                new Uid(part.name().entry() + "/" + part.name().date() + (part.part() == 0 ? "" : "/" + part.part())));
        event.add(new DtStamp(part.entry().changed().at()));
        event.add(start(part.start(), zone));
        event.add(end(part.end(), zone));
        event.add(new Summary(
                typed.patients() == 1
                        ? "SAS\u00a0: créneau pour 1 patient"
                        : "SAS\u00a0: plage pour " + typed.patients() + " patients"));
        event.add(new Location(address(typed.place())));
        event.add(new Transp(Transp.VALUE_TRANSPARENT)); // an offered slot does not make anyone busy until it is booked
        return event;
    }

    private static DtStart<?> start(Instant instant, ZoneId zone) {
        return canBeSaid(instant, zone)
                ? new DtStart<ZonedDateTime>(in(zone), LOCAL.format(instant.atZone(zone)))
                : new DtStart<>(instant);
    }

    private static DtEnd<?> end(Instant instant, ZoneId zone) {
        return canBeSaid(instant, zone)
                ? new DtEnd<ZonedDateTime>(in(zone), LOCAL.format(instant.atZone(zone)))
                : new DtEnd<>(instant);
    }

    /** Whether local time is unambiguous; the second pass through a repeated hour has to be written in UTC. */
    private static boolean canBeSaid(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return local.equals(local.withEarlierOffsetAtOverlap());
    }

    private static ParameterList in(ZoneId zone) {
        return new ParameterList(List.of(new net.fortuna.ical4j.model.parameter.TzId(zone.getId())));
    }

    private static String address(PracticeLocation place) {
        return Stream.of(place.line(), place.postalCode(), place.city())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
