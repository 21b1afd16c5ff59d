package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.ExpectedPatients;
import fr.sas.hub.agenda.PatientsLeftOut;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The dialogs of the agenda in which availability is entered and changed, each a separate page. */
@Controller
class AvailabilityPages {

    private static final String FORM = "people/availability";
    private static final String NEW = "/agenda/disponibilites/nouvelle";
    private static final String ONE = "/agenda/disponibilites/{entry}/{date}";

    private final AgendaEdits edits;
    private final AgendaWeeks weeks;
    private final ExpectedPatients expectedPatients;
    private final WeekToReturnTo weekToReturnTo;
    private final OvertakenNotice overtaken;
    private final WeekdayWords weekdayWords;
    private final MessageSource messages;
    private final Clock clock;

    AvailabilityPages(
            AgendaEdits edits,
            AgendaWeeks weeks,
            ExpectedPatients expectedPatients,
            WeekToReturnTo weekToReturnTo,
            OvertakenNotice overtaken,
            WeekdayWords weekdayWords,
            MessageSource messages,
            Clock clock) {
        this.clock = clock;
        this.expectedPatients = expectedPatients;
        this.weekToReturnTo = weekToReturnTo;
        this.overtaken = overtaken;
        this.weekdayWords = weekdayWords;
        this.edits = edits;
        this.weeks = weeks;
        this.messages = messages;
    }

    /** @param jour the day shown in the week from which the form was opened: proposed, unless it is past */
    @GetMapping({SpaceGuard.PRACTITIONER + NEW, SpaceGuard.FACILITY + NEW})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
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
        LocalDate shown = IsoWeek.day(jour).orElse(null);
        String day = date != null || shown == null || shown.isBefore(today(places)) ? date : shown.toString();
        AvailabilityForm form = AvailabilityForm.empty(place, day, debut, fin, vue);
        String page = form(subject, form, null, Map.of(), model);
        if (form.day() == null) {
            model.addAttribute("back", weekToReturnTo.address(subject, shown, vue));
        }
        return page;
    }

    private LocalDate today(List<PracticeLocation> places) {
        ZoneId zone = places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    @PostMapping({SpaceGuard.PRACTITIONER + NEW, SpaceGuard.FACILITY + NEW})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String create(
            Subject subject,
            @ModelAttribute("form") AvailabilityForm form,
            @RequestParam(required = false) @Nullable UUID cle,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            form.question().ifPresent(question -> ask(question, edits.faultsOf(subject, form.document())));
            AgendaEntry made = edits.create(subject, form.document(), new SentForm(cle));
            LocalDate day = made.typed().date();
            twice(made, next);
            everyWeek(subject, made, locale, next);
            return saved(subject, form, day, new AgendaEntry.OccurrenceName(made.id(), day), "created", next);
        } catch (InvalidInput invalid) {
            return refused(subject, form, null, invalid, locale, model, response);
        }
    }

    @GetMapping({SpaceGuard.PRACTITIONER + ONE, SpaceGuard.FACILITY + ONE})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String edit(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            OccurrenceView shown = edits.occurrence(subject, name);
            AvailabilityForm form = AvailabilityForm.of(shown, edits.weekdays(subject, name.entry()), vue);
            return form(subject, form, shown, Map.of(), model);
        } catch (NotFound deleted) {
            return weekToReturnTo.without(subject, name.date(), vue, locale, next);
        }
    }

    @PostMapping({SpaceGuard.PRACTITIONER + ONE, SpaceGuard.FACILITY + ONE})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String change(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            @ModelAttribute("form") AvailabilityForm form,
            @RequestParam(required = false) @Nullable UUID cle,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        AgendaEdits.Scope scope = form.portee() == null ? AgendaEdits.Scope.THIS_OCCURRENCE : form.portee();
        try {
            form.question().ifPresent(question -> ask(question, List.of()));
            long version = form.version() == null ? -1 : form.version();
            OccurrenceView now =
                    edits.change(subject, name, scope, form.document(), version, form.leftOut(), new SentForm(cle));
            twice(now.entry(), next);
            everyWeek(subject, now.entry(), locale, next);
            if (scope == AgendaEdits.Scope.ALL_WEEKS) {
                weekdayWords
                        .onceOnly(now.entry().typed(), locale)
                        .ifPresent(told -> next.addFlashAttribute("weeks", told));
            }
            return saved(subject, form, now.occurrence().date(), now.name(), "changed", next);
        } catch (InvalidInput invalid) {
            return refused(subject, name, form, invalid, locale, model, response);
        } catch (StaleWrite stale) {
            return overtaken(subject, name, form, locale, model, response);
        } catch (NotFound gone) {
            return gone(subject, name, form, model, response);
        }
    }

    /** @param faults what is wrong besides */
    private static void ask(InvalidInput.Fault question, List<InvalidInput.Fault> faults) {
        throw new InvalidInput(
                Stream.concat(faults.stream(), Stream.of(question)).toList());
    }

    private String refused(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            AvailabilityForm form,
            InvalidInput invalid,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            return refused(subject, form, edits.occurrence(subject, name), invalid, locale, model, response);
        } catch (NotFound gone) {
            return gone(subject, name, form, model, response);
        }
    }

    /** Someone else was faster: shows the present state next to what was entered. */
    private String overtaken(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            AvailabilityForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        OccurrenceView now;
        AvailabilityForm again;
        try {
            now = edits.occurrence(subject, name);
            again = form.on(now, edits.weekdays(subject, name.entry()));
        } catch (NotFound e) {
            return gone(subject, name, form, model, response);
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        overtaken.addTo(subject, now, locale, model);
        return form(subject, again, now, Map.of(), model);
    }

    /**
     * It has been deleted in the meantime: what was entered can be saved as a new entry; without weekdays, if those were
     * meant to stay as they are, or if the other weeks still take place.
     */
    private String gone(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            AvailabilityForm form,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("gone", true);
        boolean once = form.portee() == AgendaEdits.Scope.THIS_OCCURRENCE || edits.goesOn(subject, name);
        return form(subject, once ? form.once() : form, null, Map.of(), model);
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
        if (invalid instanceof PatientsLeftOut question) {
            model.addAttribute("leftOut", question.patients());
        }
        return form(subject, form, shown, FormFaults.of(invalid, "people.form", messages, locale), model);
    }

    /** @param shown the occurrence to change; null for a new entry */
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
        model.addAttribute("expected", shown == null ? 0 : expectedPatients.in(shown));
        model.addAttribute(
                "expectedInWeeks", shown == null || !shown.isWeekly() ? 0 : expectedPatients.inWeeksToCome(shown));
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
        model.addAttribute("back", weekToReturnTo.address(subject, behind, form.vue()));
        return FORM;
    }

    /** Tells people that an hour that comes twice means the first of the two. */
    private static void twice(AgendaEntry saved, RedirectAttributes next) {
        saved.typed()
                .hourThatComesTwice()
                .ifPresent(change -> next.addFlashAttribute(
                        "twice", List.of(HourWords.of(change.from()), HourWords.of(change.to()))));
    }

    /** Tells on which weekdays a weekly entry takes place from now on, which date and ticks both determine. */
    private void everyWeek(Subject subject, AgendaEntry saved, Locale locale, RedirectAttributes next) {
        weekdayWords
                .of(saved.typed(), edits.nextUsualDay(subject, saved.id()).orElse(null), locale)
                .ifPresent(told -> next.addFlashAttribute("weeks", told));
    }

    /** The week, scrolled to what was saved: by the fragment of the address, or by a script, which does not see that fragment. */
    private String saved(
            Subject subject,
            AvailabilityForm form,
            LocalDate day,
            AgendaEntry.OccurrenceName saved,
            String done,
            RedirectAttributes next) {
        String anchor = WeekBlock.anchor(saved);
        next.addFlashAttribute("done", done + unseen(subject, day, saved));
        next.addFlashAttribute("advice", form.isLongForOne() && !form.isUnlikelyForOne());
        next.addFlashAttribute("fresh", anchor);
        return "redirect:" + weekToReturnTo.address(subject, day, form.vue()) + "#" + anchor;
    }

    /** Why regulators do not see all of what was saved, as the end of the key of its text; empty if they do. */
    private String unseen(Subject subject, LocalDate day, AgendaEntry.OccurrenceName saved) {
        AgendaWeek week = weeks.week(subject, IsoWeek.of(day).monday());
        return week.occurrences().stream()
                .filter(typed -> typed.shown().name().equals(saved))
                .findFirst()
                .map(typed -> typed.shown().occurrence().isOverAt(week.now())
                        ? "-over"
                        : switch (typed.visibleShare()) {
                            case ALL -> "";
                            case SOME -> "-partly";
                            case NOTHING -> "-hidden";
                        })
                .orElse("");
    }
}
