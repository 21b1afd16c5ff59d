package fr.sas.hub.space;

import fr.sas.hub.agenda.hours.TwoHours;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.agenda.place.PlaceNotices;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.SourceFreshness;
import fr.sas.hub.index.SourceStatus;
import fr.sas.hub.participation.CentreSettingsInForce;
import fr.sas.hub.participation.Centres;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.participation.SettingsInForce;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what a dashboard shows, from the rooms that know it. */
@Component
class Dashboards {

    private static final int DAYS = 3;

    private final AgendaWeeks weeks;
    private final PlaceNotices notices;
    private final AvailabilityIndex index;
    private final Participation participation;
    private final Centres centres;
    private final Directory directory;
    private final Vendors vendors;
    private final Clock clock;

    Dashboards(
            AgendaWeeks weeks,
            PlaceNotices notices,
            AvailabilityIndex index,
            Participation participation,
            Centres centres,
            Directory directory,
            Vendors vendors,
            Clock clock) {
        this.weeks = weeks;
        this.notices = notices;
        this.index = index;
        this.participation = participation;
        this.centres = centres;
        this.directory = directory;
        this.vendors = vendors;
        this.clock = clock;
    }

    Dashboard of(Subject subject) {
        Instant now = clock.instant();
        boolean hasAgenda = hasAgenda(subject);
        List<PracticeLocation> places = places(subject);
        ZoneId zone = places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        return switch (subject) {
            case PractitionerId id -> {
                SettingsInForce settings = participation.settingsOf(id);
                yield dashboard(
                        subject,
                        List.of(
                                new Dashboard.Mark(
                                        "participates",
                                        participation
                                                .commitmentsOf(List.of(id))
                                                .getOrDefault(id, Commitment.NONE)
                                                .participates()),
                                new Dashboard.Mark(
                                        "vendor-slots", !settings.settings().vendorSlotsHidden()),
                                new Dashboard.Mark(
                                        "reorientation", settings.settings().emergencyReorientation())),
                        day(settings.changedAt(), zone),
                        places,
                        hasAgenda,
                        now);
            }
            case StructureId id -> {
                CentreSettingsInForce settings = hasAgenda ? centres.settingsOf(id) : null;
                yield dashboard(
                        subject,
                        settings == null
                                ? List.of()
                                : List.of(
                                        new Dashboard.Mark(
                                                "centre-participates",
                                                settings.settings().participates()),
                                        new Dashboard.Mark(
                                                "overbooking",
                                                settings.settings().acceptsOverbooking()),
                                        new Dashboard.Mark(
                                                "two-hours", settings.settings().declaresTwoHours())),
                        settings == null ? null : day(settings.changedAt(), zone),
                        places,
                        hasAgenda,
                        now);
            }
        };
    }

    /** As people call them: « Alice DURAND », the name of a centre; else the national id. */
    String name(Subject subject) {
        String name = switch (subject) {
            case PractitionerId id ->
                directory.find(id).map(known -> spoken(known.party())).orElse("");
            case StructureId id -> directory.facility(id).map(Facility::name).orElse("");
        };
        return name == null || name.isBlank() ? subject.value() : name;
    }

    private static String spoken(Party party) {
        return Stream.concat(party.given().stream(), Stream.ofNullable(party.family()))
                .collect(Collectors.joining(" "));
    }

    /** Where their slots take place; none where there is no agenda. */
    List<PracticeLocation> places(Subject subject) {
        return hasAgenda(subject) ? weeks.places(subject) : List.of();
    }

    /** What the directory calls their places, by the keys of these; those without a name are left out. */
    Map<String, String> placeNames(Subject subject) {
        Map<String, String> names = new LinkedHashMap<>();
        if (subject instanceof PractitionerId id) {
            directory.find(id).stream()
                    .flatMap(known -> known.places().stream())
                    .forEach(place -> {
                        if (place.name() != null && !place.name().isBlank()) {
                            names.put(place.id(), place.name());
                        }
                    });
        }
        return names;
    }

    /** Whether there is an agenda, and settings: practitioners who are known, health centres. */
    boolean hasAgenda(Subject subject) {
        return switch (subject) {
            case PractitionerId id -> directory.find(id).isPresent();
            case StructureId id ->
                directory.facility(id).filter(Facility::isCentre).isPresent();
        };
    }

    private Dashboard dashboard(
            Subject subject,
            List<Dashboard.Mark> marks,
            @Nullable LocalDate changed,
            List<PracticeLocation> places,
            boolean hasAgenda,
            Instant now) {
        Availability shown = hasAgenda ? index.availabilityOf(List.of(subject)).get(subject) : null;
        return new Dashboard(
                SpaceAddress.of(subject),
                name(subject),
                subject instanceof StructureId,
                marks,
                changed,
                subject instanceof PractitionerId id ? centresOf(id) : List.of(),
                hasAgenda ? hours(subject, places, now) : null,
                places(subject, places, shown, now),
                shown == null ? List.of() : vendors(shown, now));
    }

    /** Names of the health centres that take part for their salaried doctor, who has nothing to do (guide 003, 2.2). */
    List<String> centresOf(PractitionerId doctor) {
        return participation.commitmentsOf(List.of(doctor)).getOrDefault(doctor, Commitment.NONE).centres().stream()
                .filter(Commitment.AtCentre::participates)
                .map(at -> name(at.centre()))
                .distinct()
                .toList();
    }

    private static @Nullable LocalDate day(@Nullable Instant at, ZoneId zone) {
        return at == null ? null : LocalDate.ofInstant(at, zone);
    }

    private Dashboard.Hours hours(Subject subject, List<PracticeLocation> places, Instant now) {
        ZoneId zone = places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        TwoHours hours = weeks.hours(subject, LocalDate.ofInstant(now, zone));
        return Dashboard.Hours.of(hours.visible(), hours.owed());
    }

    private List<Dashboard.Place> places(
            Subject subject, List<PracticeLocation> places, @Nullable Availability shown, Instant now) {
        List<PlaceNotice> said = notices.of(List.of(subject)).getOrDefault(subject, List.of());
        List<AgendaWeek.Typed> typed = new ArrayList<>();
        Map<LocalDate, AgendaWeek> looked = new LinkedHashMap<>();
        for (PracticeLocation place : places) {
            LocalDate today = LocalDate.ofInstant(now, place.zone());
            for (LocalDate day : List.of(today, today.plusDays(DAYS - 1))) {
                LocalDate monday = IsoWeek.of(day).monday();
                if (!looked.containsKey(monday)) {
                    AgendaWeek week = weeks.week(subject, monday);
                    looked.put(monday, week);
                    typed.addAll(week.occurrences());
                }
            }
        }
        return places.stream()
                .map(place -> place(place, typed, said, brought(place, shown, now), now))
                .toList();
    }

    /** How many slots of booking software a search finds there, by day. */
    private static Map<LocalDate, Long> brought(PracticeLocation place, @Nullable Availability shown, Instant now) {
        return shown == null
                ? Map.of()
                : shown.slots().stream()
                        .filter(slot -> !slot.source().isAgenda()
                                && slot.slot().place().equals(place.key())
                                && slot.slot().end().isAfter(now))
                        .collect(Collectors.groupingBy(
                                slot -> LocalDate.ofInstant(slot.slot().start(), place.zone()), Collectors.counting()));
    }

    private static Dashboard.Place place(
            PracticeLocation place,
            List<AgendaWeek.Typed> typed,
            List<PlaceNotice> said,
            Map<LocalDate, Long> brought,
            Instant now) {
        LocalDate today = LocalDate.ofInstant(now, place.zone());
        List<PlaceNotice> about =
                said.stream().filter(notice -> notice.isAbout(place)).toList();
        List<Absence> absences = about.stream()
                .flatMap(notice -> notice.absences().stream())
                .filter(absence -> absence.until() == null || absence.until().isAfter(now))
                .distinct()
                .toList();
        List<Dashboard.Day> days = today.datesUntil(today.plusDays(DAYS))
                .map(day -> new Dashboard.Day(
                        day,
                        times(place, day, typed, now),
                        brought.getOrDefault(day, 0L).intValue(),
                        isAwayOn(day, place.zone(), absences, now)))
                .toList();
        return new Dashboard.Place(
                place.key(),
                WeekDrawing.label(place),
                place.name(),
                FrenchPhone.spoken(place.phone()),
                place.zone().equals(PlaceZones.MAINLAND) ? null : place.zone().getId(),
                days,
                absences.stream()
                        .filter(absence -> absence.isAt(now))
                        .findFirst()
                        .map(absence -> away(absence, place, now))
                        .orElse(null),
                absences.stream().map(absence -> away(absence, place, now)).toList(),
                about.stream()
                        .map(PlaceNotice::information)
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst()
                        .orElse(null));
    }

    private static Dashboard.Away away(Absence absence, PracticeLocation place, Instant now) {
        return Dashboard.Away.of(absence.from(), absence.until(), now, place.zone());
    }

    /** As much of the day as is left. */
    private static boolean isAwayOn(LocalDate day, ZoneId zone, List<Absence> absences, Instant now) {
        Instant midnight = day.atStartOfDay(zone).toInstant();
        Instant from = midnight.isBefore(now) ? now : midnight;
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return absences.stream()
                .anyMatch(absence -> absence.isAt(from)
                        && (absence.until() == null || !absence.until().isBefore(end)));
    }

    private static List<Dashboard.Time> times(
            PracticeLocation place, LocalDate day, List<AgendaWeek.Typed> typed, Instant now) {
        return typed.stream()
                .filter(one -> one.place().key().equals(place.key()))
                .filter(one -> !one.shown().occurrence().isOverAt(now))
                .filter(one -> LocalDate.ofInstant(one.shown().occurrence().start(), place.zone())
                        .equals(day))
                .distinct()
                .map(one -> new Dashboard.Time(
                        hour(one.shown().occurrence().start(), place) + " - "
                                + hour(one.shown().occurrence().end(), place),
                        one.left() == AgendaWeek.Left.NOTHING))
                .distinct()
                .toList();
    }

    private static String hour(Instant at, PracticeLocation place) {
        return HourWords.of(LocalDateTime.ofInstant(at, place.zone()));
    }

    private List<Dashboard.Vendor> vendors(Availability shown, Instant now) {
        return IntStream.range(0, shown.words().size())
                .filter(i -> !shown.words().get(i).source().isAgenda()
                        && shown.standings().get(i) != SourceFreshness.SILENT)
                .mapToObj(i -> vendor(shown.words().get(i), shown.standings().get(i), shown.slots(), now))
                .toList();
    }

    private Dashboard.Vendor vendor(SourceStatus word, SourceFreshness standing, List<MergedSlot> slots, Instant now) {
        return new Dashboard.Vendor(
                name(word.source()),
                (int) slots.stream()
                        .filter(slot -> slot.slot().end().isAfter(now))
                        .filter(slot -> slot.referenceOf(word.source()).isPresent())
                        .count(),
                word.confirmedAt() == null ? null : Ago.spoken(word.confirmedAt(), now),
                switch (standing) {
                    case FRESH -> "heard";
                    case UNVERIFIED -> "late";
                    case HIDDEN, SILENT -> "silent";
                });
    }

    /** As the vendor calls itself. */
    String name(Source source) {
        return vendors.find(source).map(Vendor::name).orElse(source.name());
    }
}
