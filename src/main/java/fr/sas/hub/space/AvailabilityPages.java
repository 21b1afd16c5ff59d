package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Matter;
import fr.sas.hub.delegation.Matter.Extent;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The pop-ins of the agenda, each a page of its own: to type an availability, change it, delete it, take a deletion back. */
@Controller
class AvailabilityPages {

    private static final String FORM = "people/availability";
    private static final String DELETION = "people/availability-deletion";
    private static final String NEW = "/agenda/disponibilites/nouvelle";
    private static final String ONE = "/agenda/disponibilites/{entry}/{date}";
    private static final String DELETE = ONE + "/suppression";
    private static final String UNDO = "/agenda/suppressions/{deletion}/annulation";

    private final AgendaEdits edits;
    private final AgendaWeeks weeks;
    private final MessageSource messages;

    AvailabilityPages(AgendaEdits edits, AgendaWeeks weeks, MessageSource messages) {
        this.edits = edits;
        this.weeks = weeks;
        this.messages = messages;
    }

    /** @param jour the day that the week behind it shows */
    @GetMapping({SpaceGuard.PRACTITIONER + NEW, SpaceGuard.FACILITY + NEW})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String open(
            Subject subject,
            @RequestParam(required = false) @Nullable String date,
            @RequestParam(required = false) @Nullable String debut,
            @RequestParam(required = false) @Nullable String fin,
            @RequestParam(required = false) @Nullable String vue,
            @RequestParam(required = false) @Nullable String jour,
            Model model) {
        List<PracticeLocation> places = weeks.places(subject);
        String place = vue != null && !vue.isBlank()
                ? vue
                : places.size() == 1 ? places.getFirst().key() : null;
        AvailabilityForm form = AvailabilityForm.empty(place, date, debut, fin, vue);
        String page = form(subject, form, null, Map.of(), model);
        if (form.day() == null) {
            model.addAttribute("back", week(subject, IsoWeek.day(jour).orElse(null), vue));
        }
        return page;
    }

    @PostMapping({SpaceGuard.PRACTITIONER + NEW, SpaceGuard.FACILITY + NEW})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String create(
            Subject subject,
            @ModelAttribute("form") AvailabilityForm form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            AgendaEntry made = edits.create(subject, form.document());
            return saved(subject, form, made.typed().date(), "created", next);
        } catch (InvalidInput invalid) {
            return refused(subject, form, null, invalid, locale, model, response);
        }
    }

    @GetMapping({SpaceGuard.PRACTITIONER + ONE, SpaceGuard.FACILITY + ONE})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String edit(
            Subject subject,
            @PathVariable UUID entry,
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            OccurrenceView shown = edits.occurrence(subject, new AgendaEntry.Named(entry, date));
            return form(
                    subject, AvailabilityForm.of(shown, edits.weekdays(subject, entry), vue), shown, Map.of(), model);
        } catch (NotFound deleted) {
            return weekWithout(subject, date, vue, locale, next);
        }
    }

    @PostMapping({SpaceGuard.PRACTITIONER + ONE, SpaceGuard.FACILITY + ONE})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String change(
            Subject subject,
            @PathVariable UUID entry,
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            @ModelAttribute("form") AvailabilityForm form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        AgendaEntry.Named name = new AgendaEntry.Named(entry, date);
        AgendaEdits.Scope scope = form.portee() == null ? AgendaEdits.Scope.THIS_OCCURRENCE : form.portee();
        try {
            edits.change(subject, name, scope, form.document(), form.version() == null ? -1 : form.version());
            LocalDate day = form.day();
            return saved(subject, form, day == null ? date : day, "changed", next);
        } catch (InvalidInput invalid) {
            return refused(subject, name, form, invalid, locale, model, response);
        } catch (StaleWrite stale) {
            return overtaken(subject, name, form, locale, model, response);
        } catch (NotFound gone) {
            return gone(subject, form, model, response);
        }
    }

    private String refused(
            Subject subject,
            AgendaEntry.Named name,
            AvailabilityForm form,
            InvalidInput invalid,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            return refused(subject, form, edits.occurrence(subject, name), invalid, locale, model, response);
        } catch (NotFound gone) {
            return gone(subject, form, model, response);
        }
    }

    /** Somebody else was faster: what is there now, beside what this one typed. */
    private String overtaken(
            Subject subject,
            AgendaEntry.Named name,
            AvailabilityForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        OccurrenceView now;
        try {
            now = edits.occurrence(subject, name);
        } catch (NotFound e) {
            return gone(subject, form, model, response);
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("now", summary(now, locale));
        return form(subject, form.on(now), now, Map.of(), model);
    }

    /** It was deleted meanwhile: what was typed can be saved as something new. */
    private String gone(Subject subject, AvailabilityForm form, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("gone", true);
        return form(subject, form, null, Map.of(), model);
    }

    private String refused(
            Subject subject,
            AvailabilityForm form,
            @Nullable OccurrenceView shown,
            InvalidInput invalid,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return form(subject, form, shown, FormFaults.of(invalid, "people.form", messages, locale), model);
    }

    /** @param shown what is changed; null for something new */
    private String form(
            Subject subject,
            AvailabilityForm form,
            @Nullable OccurrenceView shown,
            Map<String, String> faults,
            Model model) {
        model.addAttribute("form", form);
        model.addAttribute("gone", model.containsAttribute("gone"));
        model.addAttribute("faults", faults);
        model.addAttribute(
                "places", weeks.places(subject).stream().map(WeekDrawing::place).toList());
        model.addAttribute("centre", subject instanceof StructureId);
        model.addAttribute("weekly", shown != null && shown.isWeekly());
        model.addAttribute(
                "action",
                SpaceAddress.of(subject)
                        + (shown == null
                                ? NEW
                                : "/agenda/disponibilites/" + shown.name().entry() + "/"
                                        + shown.name().date()));
        model.addAttribute(
                "occurrence", shown == null ? null : shown.occurrence().date());
        LocalDate behind = shown == null ? form.day() : shown.occurrence().date();
        model.addAttribute("back", week(subject, behind, form.vue()));
        return FORM;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + DELETE, SpaceGuard.FACILITY + DELETE})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String askToDelete(
            Subject subject,
            @PathVariable UUID entry,
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            return deletion(subject, edits.occurrence(subject, new AgendaEntry.Named(entry, date)), vue, locale, model);
        } catch (NotFound deleted) {
            return weekWithout(subject, date, vue, locale, next);
        }
    }

    @PostMapping({SpaceGuard.PRACTITIONER + DELETE, SpaceGuard.FACILITY + DELETE})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String delete(
            Subject subject,
            @PathVariable UUID entry,
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            @RequestParam(defaultValue = "THIS_OCCURRENCE") AgendaEdits.Scope portee,
            @RequestParam long version,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            return delete(
                    subject, new AgendaEntry.Named(entry, date), portee, version, vue, locale, model, response, next);
        } catch (NotFound deleted) {
            return weekWithout(subject, date, vue, locale, next);
        }
    }

    private String delete(
            Subject subject,
            AgendaEntry.Named name,
            AgendaEdits.Scope portee,
            long version,
            @Nullable String vue,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        OccurrenceView shown = edits.occurrence(subject, name);
        try {
            UUID deletion = edits.delete(subject, name, portee, version);
            next.addFlashAttribute("done", portee == AgendaEdits.Scope.ALL_WEEKS ? "deleted-weeks" : "deleted");
            next.addFlashAttribute("deletion", deletion.toString());
            return "redirect:" + week(subject, shown.occurrence().date(), vue);
        } catch (StaleWrite stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            OccurrenceView now = edits.occurrence(subject, name);
            model.addAttribute("now", summary(now, locale));
            return deletion(subject, now, vue, locale, model);
        } catch (InvalidInput over) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("faults", FormFaults.of(over, "people.form", messages, locale));
            return deletion(subject, shown, vue, locale, model);
        }
    }

    /** Somebody was quicker and deleted it: that is said over the week as it is now. */
    private String weekWithout(
            Subject subject, LocalDate date, @Nullable String vue, Locale locale, RedirectAttributes next) {
        next.addFlashAttribute("trouble", messages.getMessage("people.week.gone", null, locale));
        return "redirect:" + week(subject, date, vue);
    }

    private static String deletion(
            Subject subject, OccurrenceView shown, @Nullable String vue, Locale locale, Model model) {
        model.addAttribute("hours", hours(shown));
        model.addAttribute("day", day(shown.occurrence().date(), locale));
        model.addAttribute("weekly", shown.isWeekly());
        model.addAttribute("booked", shown.booked());
        model.addAttribute("version", shown.version());
        model.addAttribute("vue", vue);
        model.addAttribute(
                "action",
                SpaceAddress.agendaOf(subject) + "/disponibilites/"
                        + shown.name().entry() + "/" + shown.name().date() + "/suppression");
        model.addAttribute("back", week(subject, shown.occurrence().date(), vue));
        return DELETION;
    }

    @PostMapping({SpaceGuard.PRACTITIONER + UNDO, SpaceGuard.FACILITY + UNDO})
    @Right(value = Matter.AGENDA, extent = Extent.WRITE)
    String undo(
            Subject subject,
            @PathVariable UUID deletion,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            RedirectAttributes next) {
        try {
            edits.takeBack(subject, deletion);
            next.addFlashAttribute("done", "taken-back");
        } catch (NotFound late) {
            next.addFlashAttribute("trouble", messages.getMessage("people.week.undo.late", null, locale));
        } catch (StaleWrite overtaken) {
            next.addFlashAttribute("trouble", messages.getMessage("people.week.undo.overtaken", null, locale));
        }
        return "redirect:" + week(subject, IsoWeek.day(jour).orElse(null), vue);
    }

    private static String saved(
            Subject subject, AvailabilityForm form, LocalDate day, String done, RedirectAttributes next) {
        next.addFlashAttribute("done", done);
        next.addFlashAttribute("advice", form.isLongForOne());
        return "redirect:" + week(subject, day, form.vue());
    }

    /** @param day of the week, which a narrow screen shows; null: today */
    static String week(Subject subject, @Nullable LocalDate day, @Nullable String place) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(SpaceAddress.agendaOf(subject));
        if (day != null) {
            address.queryParam("semaine", IsoWeek.of(day).toString());
            address.queryParam("jour", day.toString());
        }
        if (place != null && !place.isBlank()) {
            address.queryParam("lieu", place);
        }
        return address.encode().toUriString();
    }

    /** What stands there now, and since when. */
    private Summary summary(OccurrenceView now, Locale locale) {
        AgendaEntry entry = now.entry();
        ZonedDateTime changed =
                entry.changed().at().atZone(entry.typed().place().zone());
        return new Summary(
                day(now.occurrence().date(), locale),
                hours(now),
                entry.typed().patients(),
                entry.typed().modes().stream().sorted().map(Enum::name).toList(),
                HourWords.of(changed));
    }

    record Summary(String day, String hours, int patients, List<String> modes, String changedAt) {}

    private static String hours(OccurrenceView shown) {
        return HourWords.of(shown.entry().typed().start()) + " - "
                + HourWords.of(shown.entry().typed().end());
    }

    private static String day(LocalDate date, Locale locale) {
        return date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy", locale));
    }
}
