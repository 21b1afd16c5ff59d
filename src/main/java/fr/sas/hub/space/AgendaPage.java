package fr.sas.hub.space;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Centres;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A week of an agenda (guides 002, 003 and 004: « Ajouter ou modifier vos disponibilités »). */
@Controller
class AgendaPage {

    static final String WHOLE_WEEK = "tous";

    private final AgendaWeeks weeks;
    private final AvailabilityIndex index;
    private final WeekDrawing drawing;
    private final Directory directory;
    private final Centres centres;
    private final Clock clock;

    AgendaPage(
            AgendaWeeks weeks,
            AvailabilityIndex index,
            WeekDrawing drawing,
            Directory directory,
            Centres centres,
            Clock clock) {
        this.weeks = weeks;
        this.index = index;
        this.drawing = drawing;
        this.directory = directory;
        this.centres = centres;
        this.clock = clock;
    }

    /**
     * @param semaine such as {@code 2026-W49}; if left out, that of {@code jour}, otherwise the present one at the
     *     first place
     * @param jour the only day shown on a narrow screen, such as {@code 2026-12-02}, or {@code tous}; if left out,
     *     today, or Monday in another week
     * @param lieu the only place to show; all if left out
     */
    @GetMapping({SpaceGuard.PRACTITIONER + "/agenda", SpaceGuard.FACILITY + "/agenda"})
    @RequiredPermission(Permission.AGENDA)
    String show(
            Subject subject,
            @RequestParam(required = false) @Nullable String semaine,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String lieu,
            Locale locale,
            Model model) {
        boolean whole = WHOLE_WEEK.equals(jour);
        LocalDate day = whole || jour == null || jour.isBlank()
                ? null
                : IsoWeek.day(jour).orElseThrow(() -> new NotFound("There is no such day", "Ce jour n'existe pas."));
        LocalDate today = today(subject);
        IsoWeek week = semaine == null
                ? IsoWeek.of(day == null ? today : day)
                : IsoWeek.parse(semaine)
                        .orElseThrow(() -> new NotFound("There is no such week", "Cette semaine n'existe pas."));
        String place = lieu == null || lieu.isBlank() ? null : lieu;
        AgendaWeek agenda = weeks.week(subject, week.monday());
        Availability shown =
                Objects.requireNonNull(index.availabilityOf(List.of(subject)).get(subject));
        WeekView view = drawing.draw(subject, agenda, shown, place, whole ? null : week.dayAmong(day, today));
        model.addAttribute("week", view);
        model.addAttribute(
                "hours",
                Dashboard.Hours.of(
                        weeks.hours(subject, week.monday(), week.monday()).getFirst(), week.monday(), today));
        model.addAttribute("locale", locale);
        model.addAttribute("agenda", SpaceAddress.agendaOf(subject));
        model.addAttribute("space", SpaceAddress.of(subject));
        model.addAttribute("owner", name(subject));
        if (view.chosen() != null) {
            model.addAttribute(
                    "forWhom",
                    model.getAttribute("forWhom") + ", " + view.chosen().label());
        }
        model.addAttribute("place", view.chosen() == null ? null : view.chosen().id());
        model.addAttribute("unpaid", isUnpaidCentre(subject));
        model.addAttribute("back", "/espace");
        return "people/agenda";
    }

    private LocalDate today(Subject subject) {
        Stream<ZoneId> zones = switch (subject) {
            case PractitionerId id ->
                directory.find(id).stream()
                        .flatMap(known -> known.places().stream())
                        .map(DirectoryPlace::zone);
            case StructureId id ->
                directory.facility(id).stream().map(known -> known.asPlace().zone());
        };
        return LocalDate.ofInstant(clock.instant(), zones.findFirst().orElse(PlaceZones.MAINLAND));
    }

    private @Nullable String name(Subject subject) {
        return switch (subject) {
            case PractitionerId id ->
                directory
                        .find(id)
                        .map(known -> Stream.concat(
                                        known.party().given().stream(),
                                        Stream.ofNullable(known.party().family()))
                                .reduce((given, family) -> given + " " + family)
                                .orElse(null))
                        .orElse(null);
            case StructureId id -> directory.facility(id).map(Facility::name).orElse(null);
        };
    }

    /** Guide 002, 2.2: hours entered in the agenda are paid only to centres that also accept calls from regulators. */
    private boolean isUnpaidCentre(Subject subject) {
        return subject instanceof StructureId centre
                && !centres.settingsOf(centre).settings().acceptsOverbooking();
    }
}
