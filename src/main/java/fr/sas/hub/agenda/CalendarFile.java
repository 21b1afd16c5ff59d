package fr.sas.hub.agenda;

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
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.TimeZoneRegistry;
import net.fortuna.ical4j.model.TimeZoneRegistryFactory;
import net.fortuna.ical4j.model.component.Standard;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.TzOffsetFrom;
import net.fortuna.ical4j.model.property.TzOffsetTo;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * An agenda as iCalendar (RFC 5545): one event per visible part of an occurrence, in the place's zone, which comes with
 * it. Events do not recur: unavailability and the rules for changing clocks (docs/decisions/0004) are in them already.
 * Titles are French, as their readers are.
 */
final class CalendarFile {

    /** A calendar has at least one component (RFC 5545 §3.6). */
    private static final String ZONE_OF_NOTHING = "Europe/Paris";

    /** No feed reaches back to 2020, 50 years after the epoch. */
    private static final Duration RECENTLY = Duration.ofDays(50 * 365);

    /** As text: left to itself the library writes hours by its own rules, which are wrong where clocks never change. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private CalendarFile() {}

    static String of(List<Visible> parts) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//SAS hub//Agenda//FR"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", "Agenda SAS"));
        TimeZoneRegistry zones = TimeZoneRegistryFactory.getInstance().createRegistry();
        Stream<String> used =
                parts.stream().map(part -> part.entry().typed().place().zone().getId());
        (parts.isEmpty() ? Stream.of(ZONE_OF_NOTHING) : used)
                .distinct()
                .sorted()
                .forEach(zone -> calendar.add(named(zone, zones)));
        parts.forEach(part -> calendar.add(event(part)));
        StringWriter text = new StringWriter();
        try {
            new CalendarOutputter().output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Of a zone whose clocks never change, its offset: the library names such a zone as another one, and
     * gets its hours wrong.
     */
    private static VTimeZone named(String name, TimeZoneRegistry zones) {
        ZoneRules rules = ZoneId.of(name).getRules();
        if (rules.nextTransition(Instant.EPOCH.plus(RECENTLY)) != null) {
            VTimeZone named = zones.getTimeZone(name).getVTimeZone().copy();
            named.removeAll(Property.TZID, Property.TZURL, "X-LIC-LOCATION");
            named.add(new TzId(name));
            return named;
        }
        ZoneOffset offset = rules.getOffset(Instant.EPOCH.plus(RECENTLY));
        Standard always = new Standard();
        always.add(new DtStart<>(LocalDateTime.of(1970, 1, 1, 0, 0)));
        always.add(new TzOffsetFrom(offset));
        always.add(new TzOffsetTo(offset));
        VTimeZone named = new VTimeZone(new ComponentList<>(List.of(always)));
        named.add(new TzId(name));
        return named;
    }

    private static VEvent event(Visible part) {
        Draft typed = part.entry().typed();
        ZoneId zone = typed.place().zone();
        VEvent event = new VEvent(false);
        event.add(
                new Uid(part.name().entry() + "/" + part.name().date() + (part.part() == 0 ? "" : "/" + part.part())));
        event.add(new DtStamp(part.entry().changed().at()));
        event.add(start(part.start(), zone));
        event.add(end(part.end(), zone));
        event.add(new Summary(
                typed.patients() == 1
                        ? "SAS : créneau pour 1 patient"
                        : "SAS : plage pour " + typed.patients() + " patients"));
        event.add(new Location(address(typed.place())));
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

    /** Local time cannot say the hour that comes a second time: UTC does. */
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
