package fr.sas.hub.space;

import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lays a week out by days, in each place's local time; what lasts past midnight is on both days. */
@Component
class WeekDrawing {

    private static final int STEP = 5;
    private static final int STEPS = WeekBlock.STEPS;

    /** Steps needed for a line of text. */
    private static final int LEAST = 3;

    private final Vendors vendors;

    WeekDrawing(Vendors vendors) {
        this.vendors = vendors;
    }

    /**
     * @param place the only one to show; null for all
     * @param day the only one shown on a narrow screen; null for all
     */
    WeekView draw(
            Subject subject, AgendaWeek agenda, Availability shown, @Nullable String place, @Nullable LocalDate day) {
        IsoWeek week = new IsoWeek(agenda.monday());
        List<PracticeLocation> places = agenda.places();
        PracticeLocation chosen = places.stream()
                .filter(one -> one.key().equals(place))
                .findFirst()
                .orElse(null);
        boolean several = chosen == null && places.size() > 1;
        Map<LocalDate, List<WeekBlock>> blocks = new TreeMap<>();
        week.monday().datesUntil(week.sunday().plusDays(1)).forEach(date -> blocks.put(date, new ArrayList<>()));
        agenda.absences().stream()
                .filter(away -> isChosen(chosen, away.place().key()))
                .forEach(away -> away(away, several, blocks));
        agenda.occurrences().stream()
                .filter(typed -> isChosen(chosen, typed.place().key()))
                .forEach(typed -> typed(subject, typed, several, agenda.now(), place, blocks));
        shown.slots().stream()
                .filter(slot -> !slot.source().isAgenda()
                        && isChosen(chosen, slot.slot().place()))
                .forEach(slot -> vendor(slot, shown.places().get(slot.slot().place()), several, blocks));
        ZoneId zone = chosen != null
                ? chosen.zone()
                : places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        return new WeekView(
                week,
                blocks.entrySet().stream()
                        .map(one -> day(
                                one.getKey(),
                                one.getValue(),
                                LocalDateTime.ofInstant(agenda.now(), zone),
                                day == null || day.equals(one.getKey())))
                        .toList(),
                places.stream().map(WeekDrawing::place).toList(),
                chosen == null ? null : place(chosen),
                day == null,
                vendors(shown),
                silent(shown),
                knownUntil(shown, agenda.now(), zone)
                        .filter(last -> last.isBefore(week.sunday()))
                        .orElse(null));
    }

    /** The last day for which any vendor is asked, or tells of unasked; empty if nothing of theirs is awaited. */
    private Optional<LocalDate> knownUntil(Availability shown, Instant now, ZoneId zone) {
        if (shown.settings().vendorSlotsHidden()
                || Boolean.FALSE.equals(shown.settings().usesBookingSoftware())) {
            return Optional.empty();
        }
        return IntStream.range(0, shown.statuses().size())
                .filter(i -> shown.freshness().get(i) == SourceFreshness.FRESH
                        || shown.freshness().get(i) == SourceFreshness.UNVERIFIED)
                .mapToObj(i -> shown.statuses().get(i).source())
                .flatMap(source -> vendors.descriptor(source).stream())
                .map(vendor -> vendor.poll().horizon())
                .max(Comparator.naturalOrder())
                .map(horizon -> Stream.concat(
                                Stream.of(now.plus(horizon)),
                                shown.slots().stream()
                                        .filter(slot -> !slot.source().isAgenda())
                                        .map(slot -> slot.slot().start()))
                        .max(Comparator.naturalOrder())
                        .orElseThrow())
                .map(last -> LocalDate.ofInstant(last, zone));
    }

    static WeekView.Place place(PracticeLocation place) {
        return new WeekView.Place(
                place.key(),
                label(place),
                place.zone().equals(PlaceZones.MAINLAND) ? null : place.zone().getId());
    }

    /** Such as « 1 rue des Lilas 75011 PARIS ». */
    static String label(PracticeLocation place) {
        String address = Stream.of(place.line(), place.postalCode(), place.city())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return address.isEmpty() ? place.key() : address;
    }

    private static boolean isChosen(@Nullable PracticeLocation chosen, String key) {
        return chosen == null || chosen.key().equals(key);
    }

    private static WeekView.Day day(LocalDate date, List<WeekBlock> blocks, LocalDateTime now, boolean shown) {
        boolean today = date.equals(now.toLocalDate());
        blocks.sort(Comparator.comparingInt(WeekBlock::from)
                .thenComparing(WeekBlock::kind)
                .thenComparingInt(WeekBlock::to)
                .thenComparing(block -> block.sources().toString()));
        return new WeekView.Day(
                date,
                today,
                date.isBefore(now.toLocalDate()),
                shown,
                today ? Math.min(step(now.toLocalTime()), STEPS - 1) : null,
                WeekLanes.of(blocks));
    }

    private static int vendors(Availability shown) {
        return (int) IntStream.range(0, shown.statuses().size())
                .filter(i -> !shown.statuses().get(i).source().isAgenda()
                        && shown.freshness().get(i) != SourceFreshness.SILENT)
                .count();
    }

    private List<String> silent(Availability shown) {
        return Stream.iterate(0, i -> i < shown.statuses().size(), i -> i + 1)
                .filter(i -> shown.freshness().get(i) == SourceFreshness.HIDDEN)
                .map(i -> name(shown.statuses().get(i).source()))
                .toList();
    }

    private String name(Source source) {
        return vendors.find(source).map(Vendor::name).orElse(source.name());
    }

    private static void typed(
            Subject subject,
            AgendaWeek.WeekOccurrence typed,
            boolean several,
            Instant now,
            @Nullable String shownPlace,
            Map<LocalDate, List<WeekBlock>> blocks) {
        OccurrenceView shown = typed.shown();
        EntryDraft draft = shown.entry().typed();
        String address = SpaceAddress.agendaOf(subject) + "/disponibilites/"
                + shown.name().entry() + "/" + shown.name().date();
        String query = shownPlace == null ? "" : "?vue=" + shownPlace;
        boolean over = shown.occurrence().isOverAt(now);
        WeekBlock.Entry entry = new WeekBlock.Entry(
                WeekBlock.anchor(shown.name()),
                draft.kind() == EntryDraft.Kind.RANGE,
                draft.patients(),
                draft.patients() - shown.booked(),
                shown.isWeekly() && !shown.isChanged(),
                typed.visibleShare(),
                HourWords.ranges(typed.visible(), typed.place().zone()),
                shown.occurrence().date());
        Span span = new Span(
                shown.occurrence().start(),
                shown.occurrence().end(),
                typed.place().zone());
        span.days(blocks.keySet())
                .forEach(day -> put(
                        blocks,
                        day,
                        span.on(
                                day,
                                WeekBlock.Kind.TYPED,
                                several ? label(typed.place()) : null,
                                draft.modes(),
                                List.of(),
                                true,
                                entry,
                                over ? null : address + query,
                                over ? null : address + "/suppression" + query)));
    }

    private void vendor(
            MergedSlot merged,
            @Nullable PracticeLocation place,
            boolean several,
            Map<LocalDate, List<WeekBlock>> blocks) {
        Span span = new Span(
                merged.slot().start(), merged.slot().end(), place == null ? PlaceZones.MAINLAND : place.zone());
        List<String> sources = Stream.concat(
                        Stream.of(merged.source()), merged.others().stream().map(MergedSlot.Other::source))
                .filter(source -> !source.isAgenda())
                .distinct()
                .map(this::name)
                .toList();
        span.days(blocks.keySet())
                .forEach(day -> put(
                        blocks,
                        day,
                        span.on(
                                day,
                                WeekBlock.Kind.VENDOR,
                                several && place != null ? label(place) : null,
                                merged.slot().modes(),
                                sources,
                                merged.verified(),
                                null,
                                null,
                                null)));
    }

    private static void away(AgendaWeek.PlaceAbsence away, boolean several, Map<LocalDate, List<WeekBlock>> blocks) {
        Span span = new Span(
                away.absence().from(), away.absence().until(), away.place().zone());
        span.days(blocks.keySet())
                .forEach(day -> put(
                        blocks,
                        day,
                        span.on(
                                day,
                                WeekBlock.Kind.AWAY,
                                several ? label(away.place()) : null,
                                Set.of(),
                                List.of(),
                                true,
                                null,
                                null,
                                null)));
    }

    private static void put(Map<LocalDate, List<WeekBlock>> blocks, LocalDate day, WeekBlock block) {
        List<WeekBlock> there = blocks.get(day);
        if (there != null) {
            there.add(block);
        }
    }

    /** The nearest step, so that a block ends where the next one begins. */
    private static int step(LocalTime time) {
        return (time.getHour() * 60 + time.getMinute() + STEP / 2) / STEP;
    }

    /** Between two instants, in the local time of a place. @param until null if there is no end */
    private record Span(LocalDateTime begins, @Nullable LocalDateTime until) {

        Span(Instant start, @Nullable Instant end, ZoneId zone) {
            this(LocalDateTime.ofInstant(start, zone), end == null ? null : LocalDateTime.ofInstant(end, zone));
        }

        /** The days on which some of it takes place. */
        List<LocalDate> days(Set<LocalDate> week) {
            return week.stream()
                    .filter(day -> !day.isBefore(begins.toLocalDate())
                            && (until == null
                                    || day.isBefore(until.toLocalDate())
                                    || day.equals(until.toLocalDate()) && isOn(until, day)))
                    .toList();
        }

        /** What ends at midnight is not on that day, unless it begins there too, as in an hour that occurs twice. */
        private boolean isOn(LocalDateTime end, LocalDate day) {
            return end.toLocalTime().isAfter(LocalTime.MIDNIGHT)
                    || begins.toLocalDate().equals(day);
        }

        WeekBlock on(
                LocalDate day,
                WeekBlock.Kind kind,
                @Nullable String place,
                Set<ConsultationMode> modes,
                List<String> sources,
                boolean verified,
                WeekBlock.@Nullable Entry entry,
                @Nullable String edit,
                @Nullable String delete) {
            boolean continued = begins.toLocalDate().isBefore(day);
            boolean continues = until == null || until.toLocalDate().isAfter(day) && isOn(until, until.toLocalDate());
            int from = continued ? 0 : Math.min(step(begins.toLocalTime()), STEPS - LEAST);
            int to = until == null || until.toLocalDate().isAfter(day) ? STEPS : step(until.toLocalTime());
            return new WeekBlock(
                    kind,
                    from,
                    Math.max(from + LEAST, to),
                    0,
                    1,
                    1,
                    begins.toLocalTime(),
                    until == null ? null : until.toLocalTime(),
                    continued,
                    continues,
                    place,
                    modes.stream().sorted().toList(),
                    sources,
                    verified,
                    entry,
                    edit,
                    delete);
        }
    }
}
