package fr.sas.hub.space;

import fr.sas.hub.delegation.Matter;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** « Ce que voit la régulation »: what a search answers now, and why not more. */
@Controller
class RegulationPage {

    /** As far ahead as the guide's search asks. */
    private static final Duration AHEAD = Duration.ofHours(72);

    /** What a person need not be told of: it is shown elsewhere in the page, or was never theirs to show now. */
    private static final Set<Fate> UNTOLD = Set.of(Fate.PAST, Fate.NO_LONGER_OFFERED, Fate.REPLACED);

    private final AvailabilityIndex index;
    private final Presences presences;
    private final SlotExplanations why;
    private final Dashboards dashboards;
    private final HiddenWords words;
    private final Clock clock;

    RegulationPage(
            AvailabilityIndex index,
            Presences presences,
            SlotExplanations why,
            Dashboards dashboards,
            HiddenWords words,
            Clock clock) {
        this.words = words;
        this.index = index;
        this.presences = presences;
        this.why = why;
        this.dashboards = dashboards;
        this.clock = clock;
    }

    /**
     * A place as it is answered, with its slots by day.
     *
     * @param name as the directory knows it; null for none
     * @param through the structure that is called instead, and {@code throughPhone} of it; null for none
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

    /** @param patients who may still be sent @param sources as vendors call themselves; empty text for the agenda */
    record Slot(String time, List<ConsultationMode> modes, int patients, List<String> sources, boolean verified) {}

    /**
     * Slots that are not shown, all for one reason.
     *
     * @param sources empty text for the agenda
     * @param days hours by day, of those whose hours can be read
     */
    record Hidden(String sentence, List<String> sources, int slots, Map<String, List<String>> days) {

        private static final int AT_A_GLANCE = 3;

        /** Few enough to be read at once. */
        public boolean isShort() {
            return slots <= AT_A_GLANCE;
        }
    }

    /** @param day null, as {@code hours}, when they cannot be read */
    private record HiddenSlot(
            String sentence,
            String source,
            @Nullable String day,
            @Nullable String hours) {}

    @GetMapping({SpaceGuard.PRACTITIONER + "/regulation", SpaceGuard.FACILITY + "/regulation"})
    @Right(Matter.AGENDA)
    String show(Subject subject, Locale locale, Model model) {
        Instant now = clock.instant();
        Window window = new Window(now, now.plus(AHEAD));
        Availability shown = index.availabilityOf(List.of(subject)).get(subject);
        model.addAttribute("owner", dashboards.name(subject));
        model.addAttribute("back", SpaceAddress.of(subject));
        model.addAttribute("places", shown == null ? List.of() : places(subject, shown, window, locale));
        model.addAttribute("reorientation", shown != null && shown.settings().emergencyReorientation());
        model.addAttribute("hidden", hidden(subject, window, shown, locale));
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
        for (MergedSlot merged : shown.slots()) {
            Place place = places.get(merged.slot().place());
            if (place != null && window.holds(merged.slot().start())) {
                ZoneId zone = zone(shown.places().get(merged.slot().place()));
                place.days()
                        .computeIfAbsent(
                                DayWords.of(LocalDate.ofInstant(merged.slot().start(), zone), "EEE d MMM", locale),
                                day -> new ArrayList<>())
                        .add(slot(merged, zone));
            }
        }
        return places.values().stream()
                .sorted(Comparator.comparing(Place::label))
                .toList();
    }

    /** Where somebody may be called, also without a free slot (docs/decisions/0036). */
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

    private Slot slot(MergedSlot merged, ZoneId zone) {
        List<String> sources = new ArrayList<>();
        sources.add(source(merged.source()));
        merged.others().forEach(other -> sources.add(source(other.source())));
        return new Slot(
                hour(merged.slot().start(), zone) + " - " + hour(merged.slot().end(), zone),
                merged.slot().modes().stream().sorted().toList(),
                merged.slot().capacity(),
                sources.stream().distinct().toList(),
                merged.verified());
    }

    /** Empty for the agenda, which its page names in its own words. */
    private String source(Source source) {
        return source.isAgenda() ? "" : dashboards.name(source);
    }

    /** By reason, in the order of the first slot that has it. */
    private List<Hidden> hidden(Subject subject, Window window, @Nullable Availability shown, Locale locale) {
        Map<String, List<HiddenSlot>> byReason = why.why(subject, window, null).slots().stream()
                .filter(slot -> !slot.shown() && !UNTOLD.contains(slot.fate()))
                .map(slot -> hidden(slot, shown, locale))
                .collect(Collectors.groupingBy(HiddenSlot::sentence, LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(one -> new Hidden(
                        one.getKey(),
                        one.getValue().stream()
                                .map(HiddenSlot::source)
                                .distinct()
                                .toList(),
                        one.getValue().size(),
                        days(one.getValue())))
                .toList();
    }

    private static Map<String, List<String>> days(List<HiddenSlot> slots) {
        Map<String, List<String>> days = new LinkedHashMap<>();
        for (HiddenSlot slot : slots) {
            String day = slot.day();
            String hours = slot.hours();
            if (day != null && hours != null) {
                List<String> known = days.computeIfAbsent(day, first -> new ArrayList<>());
                if (!known.contains(hours)) {
                    known.add(hours);
                }
            }
        }
        return days;
    }

    private HiddenSlot hidden(ExplainedSlot slot, @Nullable Availability shown, Locale locale) {
        PracticeLocation place =
                shown == null || slot.place() == null ? null : shown.places().get(slot.place());
        ZoneId zone = zone(place);
        Instant start = slot.start();
        Instant end = slot.end();
        return new HiddenSlot(
                words.why(slot.fate(), slot.rule(), locale),
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
