package fr.sas.hub.space;

import fr.sas.hub.account.Visitor;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.explain.ExplainedSlot;
import fr.sas.hub.explain.SlotExplanations;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.Presence;
import fr.sas.hub.index.Presences;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** « Ce que voit la régulation »: what a search finds now, and why it does not find more. */
@Controller
class RegulationPage {

    /** As far ahead as the search of the guide. */
    private static final Duration AHEAD = Duration.ofHours(72);

    /** Not reported: shown elsewhere on the page, or not on offer any more. */
    private static final Set<Fate> NOT_REPORTED = Set.of(Fate.PAST, Fate.NO_LONGER_OFFERED, Fate.REPLACED);

    private final AvailabilityIndex index;
    private final Presences presences;
    private final SlotExplanations why;
    private final Dashboards dashboards;
    private final AgendaWeeks weeks;
    private final HiddenWords words;
    private final MessageSource messages;
    private final Clock clock;

    RegulationPage(
            AvailabilityIndex index,
            Presences presences,
            SlotExplanations why,
            Dashboards dashboards,
            AgendaWeeks weeks,
            HiddenWords words,
            MessageSource messages,
            Clock clock) {
        this.weeks = weeks;
        this.messages = messages;
        this.words = words;
        this.index = index;
        this.presences = presences;
        this.why = why;
        this.dashboards = dashboards;
        this.clock = clock;
    }

    /**
     * A place as found by search, with its slots by day.
     *
     * @param name its name in the directory; null for none
     * @param through the structure to be called instead, with {@code throughPhone}; null for none
     */
    record Place(
            String label,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String information,
            boolean participates,
            @Nullable String through,
            @Nullable String throughPhone,
            Map<String, List<Slot>> days) {}

    /** @param patients how many can still be sent @param sources names of vendors; an empty string for the agenda */
    record Slot(String time, List<ConsultationMode> modes, int patients, List<String> sources, boolean verified) {}

    /** Slots of one source that are not shown. @param source an empty string for the agenda */
    record HiddenOfSource(String source, List<Hidden> reasons) {}

    /**
     * Slots of one source that are not shown, all for one reason; each is counted, and each is listed.
     *
     * @param days how many there are by hours, by day
     * @param unreadable how many have hours that cannot be read
     */
    record Hidden(String sentence, int slots, Map<String, Map<String, Long>> days, int unreadable) {

        private static final int AT_A_GLANCE = 3;

        /** Whether they are few enough to be listed in full. */
        public boolean isShort() {
            return slots <= AT_A_GLANCE;
        }
    }

    /** @param day null if unreadable, like {@code hours} */
    private record HiddenSlot(
            String sentence,
            String source,
            @Nullable String day,
            @Nullable String hours) {}

    @GetMapping({SpaceGuard.PRACTITIONER + "/regulation", SpaceGuard.FACILITY + "/regulation"})
    @RequiredPermission(Permission.AGENDA)
    String show(Subject subject, Visitor visitor, Locale locale, Model model) {
        Instant now = clock.instant();
        Window window = new Window(now, now.plus(AHEAD));
        Availability shown = index.availabilityOf(List.of(subject)).get(subject);
        model.addAttribute("owner", dashboards.name(subject));
        model.addAttribute("back", SpaceAddress.dashboard(visitor, subject));
        model.addAttribute("places", shown == null ? List.of() : places(subject, shown, window, locale));
        model.addAttribute("reorientation", shown != null && shown.settings().emergencyReorientation());
        model.addAttribute(
                "hidden",
                bySource(Stream.concat(
                        hidden(subject, window, shown, locale), typed(subject, window, locale).stream())));
        return "people/regulation";
    }

    private List<Place> places(Subject subject, Availability shown, Window window, Locale locale) {
        Map<String, String> names = dashboards.placeNames(subject);
        Map<String, Place> places = new LinkedHashMap<>();
        Presence presence =
                Objects.requireNonNull(presences.of(List.of(subject)).get(subject));
        callable(presence).forEach((place, known) -> places.put(place.key(), place(place, names, known)));
        shown.places().forEach((key, place) -> {
            if (!presence.isClosed(place)) {
                places.put(key, place(place, names, shown));
            }
        });
        addSlots(places, shown, window, locale, source(Source.AGENDA));
        return Stream.concat(places.values().stream(), ofCentres(shown.centres(), window, locale))
                .sorted(Comparator.comparing(Place::label))
                .toList();
    }

    private Stream<Place> ofCentres(List<StructureId> centres, Window window, Locale locale) {
        return centres.isEmpty()
                ? Stream.empty()
                : index.availabilityOf(centres).values().stream().flatMap(centre -> ofCentre(centre, window, locale));
    }

    /** A search for a salaried doctor finds the slots of their health centre too (docs/decisions/0013). */
    private Stream<Place> ofCentre(Availability centre, Window window, Locale locale) {
        String name = dashboards.name(centre.subject());
        Map<String, Place> places = new LinkedHashMap<>();
        centre.places().forEach((key, place) -> places.put(key, place(place, Map.of(key, name), centre)));
        addSlots(places, centre, window, locale, name);
        return places.values().stream().filter(place -> !place.days().isEmpty());
    }

    /** @param agenda what the agenda is called among the sources */
    private void addSlots(Map<String, Place> places, Availability shown, Window window, Locale locale, String agenda) {
        for (MergedSlot merged : shown.slots()) {
            Place place = places.get(merged.slot().place());
            if (place != null && window.holds(merged.slot().start())) {
                ZoneId zone = zone(shown.places().get(merged.slot().place()));
                place.days()
                        .computeIfAbsent(
                                DayWords.of(LocalDate.ofInstant(merged.slot().start(), zone), "EEE d MMM", locale),
                                day -> new ArrayList<>())
                        .add(slot(merged, zone, agenda));
            }
        }
    }

    /** Places that may be called even without a free slot (docs/decisions/0036). */
    private static Map<PracticeLocation, Availability> callable(Presence presence) {
        return presence.known().places().values().stream()
                .filter(place -> !presence.isClosed(place) && takesPart(place, presence.known()))
                .collect(Collectors.toMap(place -> place, place -> presence.known()));
    }

    private static boolean takesPart(PracticeLocation place, Availability known) {
        return known.commitment().at(place).participates()
                || known.isCentre() && known.commitment().participates();
    }

    private static Place place(PracticeLocation place, Map<String, String> names, Availability shown) {
        var structure = shown.commitment().structureToCall(place);
        return new Place(
                WeekDrawing.label(place),
                place.name() == null ? names.get(place.key()) : place.name(),
                FrenchPhone.spoken(place.phone()),
                shown.information().get(place.key()),
                takesPart(place, shown),
                structure == null
                        ? null
                        : structure.name() == null ? structure.id().value() : structure.name(),
                structure == null ? null : FrenchPhone.spoken(structure.phone()),
                new LinkedHashMap<>());
    }

    private Slot slot(MergedSlot merged, ZoneId zone, String agenda) {
        List<String> sources = new ArrayList<>();
        sources.add(merged.source().isAgenda() ? agenda : source(merged.source()));
        merged.others().forEach(other -> sources.add(other.source().isAgenda() ? agenda : source(other.source())));
        return new Slot(
                hour(merged.slot().start(), zone) + " - " + hour(merged.slot().end(), zone),
                merged.slot().modes().stream().sorted().toList(),
                merged.slot().capacity(),
                sources.stream().distinct().toList(),
                merged.verified());
    }

    /** Empty for the agenda, for which the page has its own text. */
    private String source(Source source) {
        return source.isAgenda() ? "" : dashboards.name(source);
    }

    /** By source and reason, in the order of the first slot of that source and with that reason. */
    private static List<HiddenOfSource> bySource(Stream<HiddenSlot> slots) {
        Map<String, Map<String, List<HiddenSlot>>> bySource = slots.collect(Collectors.groupingBy(
                HiddenSlot::source,
                LinkedHashMap::new,
                Collectors.groupingBy(HiddenSlot::sentence, LinkedHashMap::new, Collectors.toList())));
        return bySource.entrySet().stream()
                .map(of -> new HiddenOfSource(
                        of.getKey(),
                        of.getValue().entrySet().stream()
                                .map(one -> hidden(one.getKey(), one.getValue()))
                                .toList()))
                .toList();
    }

    private static Hidden hidden(String sentence, List<HiddenSlot> slots) {
        Map<String, Map<String, Long>> days = new LinkedHashMap<>();
        int unreadable = 0;
        for (HiddenSlot slot : slots) {
            String day = slot.day();
            String hours = slot.hours();
            if (day == null || hours == null) {
                unreadable++;
            } else {
                days.computeIfAbsent(day, first -> new LinkedHashMap<>()).merge(hours, 1L, Long::sum);
            }
        }
        return new Hidden(sentence, slots.size(), days, unreadable);
    }

    private Stream<HiddenSlot> hidden(Subject subject, Window window, @Nullable Availability shown, Locale locale) {
        return why.explain(subject, window, null).slots().stream()
                .filter(slot ->
                        slot.fate() == Fate.SHOWN_IN_PART || !slot.shown() && !NOT_REPORTED.contains(slot.fate()))
                .map(slot -> hidden(slot, shown, locale));
    }

    /** What was entered by hand and is not found, because no place is left or it has begun; nothing else tells of it. */
    private List<HiddenSlot> typed(Subject subject, Window window, Locale locale) {
        if (!dashboards.hasAgenda(subject)) {
            return List.of();
        }
        LocalDate monday = IsoWeek.of(LocalDate.ofInstant(window.from(), PlaceZones.MAINLAND))
                .monday();
        return Stream.of(monday, monday.plusWeeks(1))
                .flatMap(week -> weeks.week(subject, week).occurrences().stream())
                .filter(typed -> isUnderWay(typed, window.from())
                        || typed.shown().isFull()
                                && typed.visibleShare() != AgendaWeek.VisibleShare.NOTHING
                                && window.holds(typed.shown().occurrence().start()))
                .distinct()
                .map(typed -> typed(typed, locale))
                .toList();
    }

    private static boolean isUnderWay(AgendaWeek.WeekOccurrence typed, Instant now) {
        return typed.visibleFrom(now).stream().anyMatch(span -> span.start().isBefore(now));
    }

    private HiddenSlot typed(AgendaWeek.WeekOccurrence typed, Locale locale) {
        ZoneId zone = typed.place().zone();
        Instant start = typed.shown().occurrence().start();
        String why = typed.shown().isFull() ? "people.regulation.full" : "people.regulation.begun";
        return new HiddenSlot(
                Objects.requireNonNull(messages.getMessage(why, null, locale)),
                source(Source.AGENDA),
                DayWords.of(LocalDate.ofInstant(start, zone), "EEE d MMM", locale),
                hour(start, zone) + " - " + hour(typed.shown().occurrence().end(), zone));
    }

    private HiddenSlot hidden(ExplainedSlot slot, @Nullable Availability shown, Locale locale) {
        PracticeLocation place =
                shown == null || slot.place() == null ? null : shown.places().get(slot.place());
        ZoneId zone = zone(place);
        Instant start = slot.start();
        Instant end = slot.end();
        return new HiddenSlot(
                words.explain(slot.fate(), slot.rule(), locale),
                source(new Source(slot.source())),
                start == null ? null : DayWords.of(LocalDate.ofInstant(start, zone), "EEE d MMM", locale),
                start == null ? null : hour(start, zone) + (end == null ? "" : " - " + hour(end, zone)));
    }

    private static ZoneId zone(@Nullable PracticeLocation place) {
        return place == null ? PlaceZones.MAINLAND : place.zone();
    }

    private static String hour(Instant at, ZoneId zone) {
        return HourWords.of(ZonedDateTime.ofInstant(at, zone));
    }
}
