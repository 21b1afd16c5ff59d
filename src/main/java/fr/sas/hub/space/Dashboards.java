package fr.sas.hub.space;

import fr.sas.hub.agenda.VisiblePart;
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
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.CentreSettingsInForce;
import fr.sas.hub.participation.Centres;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.participation.SettingsInForce;
import fr.sas.hub.slot.NamedSubject;
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

/** Collects what a dashboard shows from the other rooms. */
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
                        marks(id, settings.settings()),
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

    /**
     * Practitioners who say that they have no software, and refuse nothing, have no slots from it that could be shown or
     * hidden.
     */
    private List<Dashboard.Mark> marks(PractitionerId id, Settings settings) {
        Commitment commitment = participation.commitmentsOf(List.of(id)).getOrDefault(id, Commitment.NONE);
        Dashboard.Mark participates = new Dashboard.Mark("participates", commitment.participates());
        Dashboard.Mark vendorSlots = new Dashboard.Mark(Dashboard.VENDOR_SLOTS, !settings.vendorSlotsHidden());
        Dashboard.Mark reorientation = new Dashboard.Mark("reorientation", settings.emergencyReorientation());
        return Boolean.FALSE.equals(settings.usesBookingSoftware()) && !settings.vendorSlotsHidden()
                ? List.of(participates, reorientation)
                : List.of(participates, vendorSlots, reorientation);
    }

    /** The name shown to people: « Alice DURAND », the name of a centre; otherwise the national id. */
    String name(Subject subject) {
        String name = switch (subject) {
            case PractitionerId id ->
                directory.find(id).map(known -> spoken(known.party())).orElse("");
            case StructureId id -> directory.facility(id).map(Facility::name).orElse("");
        };
        return name == null || name.isBlank() ? subject.value() : name;
    }

    private static String spoken(NamedSubject party) {
        return Stream.concat(party.given().stream(), Stream.ofNullable(party.family()))
                .collect(Collectors.joining(" "));
    }

    /** Where their slots take place; empty if there is no agenda. */
    List<PracticeLocation> places(Subject subject) {
        return hasAgenda(subject) ? weeks.places(subject) : List.of();
    }

    /** The directory's names of their places, by place key; those without a name are left out. */
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

    /** Whether there are an agenda and settings: only for practitioners listed in the directory, and health centres. */
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
        boolean saysNoSoftware = subject instanceof PractitionerId id
                && Boolean.FALSE.equals(participation.settingsOf(id).settings().usesBookingSoftware());
        Availability shown = hasAgenda ? index.availabilityOf(List.of(subject)).get(subject) : null;
        return new Dashboard(
                SpaceAddress.of(subject),
                name(subject),
                subject instanceof StructureId,
                marks,
                changed,
                subject instanceof PractitionerId id ? centresOf(id) : List.of(),
                hasAgenda ? hours(subject, places, now) : List.of(),
                places(subject, places, shown, now),
                shown == null ? List.of() : vendors(shown, saysNoSoftware, now),
                saysNoSoftware);
    }

    /**
     * Names of the health centres that participate on behalf of their salaried doctor, who has nothing to do (guide
     * 003, 2.2).
     */
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

    private List<Dashboard.Hours> hours(Subject subject, List<PracticeLocation> places, Instant now) {
        ZoneId zone = places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate monday = IsoWeek.of(today).monday();
        List<TwoHours> hours = weeks.hours(subject, monday, monday.plusWeeks(1));
        return IntStream.range(0, hours.size())
                .mapToObj(i -> Dashboard.Hours.of(hours.get(i), monday.plusWeeks(i), today))
                .toList();
    }

    private List<Dashboard.Place> places(
            Subject subject, List<PracticeLocation> places, @Nullable Availability shown, Instant now) {
        List<PlaceNotice> said = notices.of(List.of(subject)).getOrDefault(subject, List.of());
        List<AgendaWeek.WeekOccurrence> typed = new ArrayList<>();
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
            List<AgendaWeek.WeekOccurrence> typed,
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

    /** Whether nobody is there for the rest of the day. */
    private static boolean isAwayOn(LocalDate day, ZoneId zone, List<Absence> absences, Instant now) {
        Instant midnight = day.atStartOfDay(zone).toInstant();
        Instant from = midnight.isBefore(now) ? now : midnight;
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return absences.stream()
                .anyMatch(absence -> absence.isAt(from)
                        && (absence.until() == null || !absence.until().isBefore(end)));
    }

    private static List<Dashboard.Time> times(
            PracticeLocation place, LocalDate day, List<AgendaWeek.WeekOccurrence> typed, Instant now) {
        return typed.stream()
                .filter(one -> one.place().key().equals(place.key()))
                .filter(one -> !one.shown().occurrence().isOverAt(now))
                .filter(one -> LocalDate.ofInstant(one.shown().occurrence().start(), place.zone())
                        .equals(day))
                .distinct()
                .map(one -> time(one, day, place.zone(), now))
                .toList();
    }

    private static Dashboard.Time time(AgendaWeek.WeekOccurrence typed, LocalDate day, ZoneId zone, Instant now) {
        String all = HourWords.range(
                typed.shown().occurrence().start(), typed.shown().occurrence().end(), zone);
        List<VisiblePart.Span> seen = typed.visibleFrom(now);
        if (seen.isEmpty()) {
            return new Dashboard.Time(all, all, Dashboard.TimeState.AWAY);
        }
        if (typed.shown().isFull()) {
            return new Dashboard.Time(all, all, Dashboard.TimeState.FULL);
        }
        return typed.visibleShare() == AgendaWeek.VisibleShare.ALL
                ? new Dashboard.Time(all, all, Dashboard.TimeState.SHOWN)
                : new Dashboard.Time(HourWords.ranges(seen, day, zone), all, Dashboard.TimeState.PARTLY);
    }

    /** Of those who say that they use no software, only what a search finds all the same. */
    private List<Dashboard.Vendor> vendors(Availability shown, boolean saysNoSoftware, Instant now) {
        return IntStream.range(0, shown.statuses().size())
                .filter(i -> !shown.statuses().get(i).source().isAgenda()
                        && shown.freshness().get(i) != SourceFreshness.SILENT)
                .mapToObj(i -> vendor(shown.statuses().get(i), shown.freshness().get(i), shown.slots(), now))
                .filter(vendor -> !saysNoSoftware || vendor.slots() > 0)
                .toList();
    }

    private Dashboard.Vendor vendor(
            SourceStatus status, SourceFreshness freshness, List<MergedSlot> slots, Instant now) {
        int found = (int) slots.stream()
                .filter(slot -> slot.slot().end().isAfter(now))
                .filter(slot -> slot.referenceOf(status.source()).isPresent())
                .count();
        Instant heard = status.confirmedAt() == null ? status.failedAt() : status.confirmedAt();
        return new Dashboard.Vendor(
                name(status.source()),
                found,
                heard == null ? null : RelativeTime.spoken(heard, now),
                state(status, freshness, found));
    }

    private static Dashboard.VendorState state(SourceStatus status, SourceFreshness freshness, int found) {
        if (status.confirmedAt() == null) {
            return status.failedAt() == null
                    ? Dashboard.VendorState.NEVER
                    : found > 0 ? Dashboard.VendorState.PART : Dashboard.VendorState.FAILED;
        }
        return switch (freshness) {
            case FRESH -> Dashboard.VendorState.HEARD;
            case UNVERIFIED -> Dashboard.VendorState.LATE;
            case HIDDEN, SILENT -> found > 0 ? Dashboard.VendorState.PART_SINCE : Dashboard.VendorState.SILENT;
        };
    }

    /** The vendor's name for people. */
    String name(Source source) {
        return vendors.find(source).map(Vendor::name).orElse(source.name());
    }
}
