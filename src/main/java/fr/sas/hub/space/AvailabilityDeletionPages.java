package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The dialog of the agenda to delete availability, as a separate page, and the way back. */
@Controller
class AvailabilityDeletionPages {

    private static final String DELETION = "people/availability-deletion";
    private static final String DELETE = "/agenda/disponibilites/{entry}/{date}/suppression";
    private static final String UNDO = "/agenda/suppressions/{deletion}/annulation";

    private final AgendaEdits edits;
    private final WeekToReturnTo weekToReturnTo;
    private final OvertakenNotice overtaken;
    private final MessageSource messages;

    AvailabilityDeletionPages(
            AgendaEdits edits, WeekToReturnTo weekToReturnTo, OvertakenNotice overtaken, MessageSource messages) {
        this.edits = edits;
        this.weekToReturnTo = weekToReturnTo;
        this.overtaken = overtaken;
        this.messages = messages;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + DELETE, SpaceGuard.FACILITY + DELETE})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String askToDelete(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            OccurrenceView shown = edits.occurrence(subject, name);
            return deletion(subject, shown, AgendaEdits.Scope.THIS_OCCURRENCE, vue, locale, model);
        } catch (NotFound deleted) {
            return weekToReturnTo.without(subject, name.date(), vue, locale, next);
        }
    }

    /**
     * @param attendus how many patients were expected there when the form was opened: for more, it asks again
     * @param attendusEnSuite the same of all weeks from there on
     */
    @PostMapping({SpaceGuard.PRACTITIONER + DELETE, SpaceGuard.FACILITY + DELETE})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String delete(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            @RequestParam(defaultValue = "THIS_OCCURRENCE") AgendaEdits.Scope portee,
            @RequestParam long version,
            @RequestParam(defaultValue = "0") int attendus,
            @RequestParam(defaultValue = "0") int attendusEnSuite,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            int expected = portee == AgendaEdits.Scope.ALL_WEEKS ? attendusEnSuite : attendus;
            return deleteOrShow(subject, name, portee, version, expected, vue, locale, model, response, next);
        } catch (NotFound deleted) {
            return edits.ownDeletion(subject, name)
                    .filter(own -> own.scope() == portee)
                    .map(own -> deleted(subject, name.date(), own.scope(), own.id(), vue, next))
                    .orElseGet(() -> weekToReturnTo.without(subject, name.date(), vue, locale, next));
        }
    }

    private String deleteOrShow(
            Subject subject,
            AgendaEntry.OccurrenceName name,
            AgendaEdits.Scope portee,
            long version,
            int expected,
            @Nullable String vue,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        OccurrenceView shown = edits.occurrence(subject, name);
        int booked = portee == AgendaEdits.Scope.ALL_WEEKS ? edits.bookedFrom(shown.name()) : shown.booked();
        if (booked > expected) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("more", true);
            if (shown.version() != version) {
                overtaken.addTo(subject, shown, locale, model);
            }
            return deletion(subject, shown, portee, vue, locale, model);
        }
        try {
            UUID deletion = edits.delete(subject, name, portee, version);
            return deleted(subject, shown.occurrence().date(), portee, deletion, vue, next);
        } catch (StaleWrite stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            OccurrenceView now = edits.occurrence(subject, name);
            overtaken.addTo(subject, now, locale, model);
            return deletion(subject, now, portee, vue, locale, model);
        } catch (InvalidInput over) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("faults", FormFaults.of(over, "people.form", messages, locale));
            return deletion(subject, shown, portee, vue, locale, model);
        }
    }

    /** The week without it, with the way back. */
    private String deleted(
            Subject subject,
            LocalDate day,
            AgendaEdits.Scope scope,
            UUID deletion,
            @Nullable String vue,
            RedirectAttributes next) {
        next.addFlashAttribute("done", scope == AgendaEdits.Scope.ALL_WEEKS ? "deleted-weeks" : "deleted");
        next.addFlashAttribute("deletion", deletion.toString());
        return "redirect:" + weekToReturnTo.address(subject, day, vue) + "#d" + day;
    }

    /** @param portee what the choice between one occurrence and all weeks is */
    private String deletion(
            Subject subject,
            OccurrenceView shown,
            AgendaEdits.Scope portee,
            @Nullable String vue,
            Locale locale,
            Model model) {
        model.addAttribute("where", WeekDrawing.label(shown.entry().typed().place()));
        model.addAttribute("hours", OvertakenNotice.hours(shown));
        model.addAttribute("day", OvertakenNotice.day(shown.occurrence().date(), locale));
        model.addAttribute("weekly", shown.isWeekly());
        model.addAttribute("portee", portee.name());
        model.addAttribute("booked", shown.booked());
        model.addAttribute("bookedFrom", shown.isWeekly() ? edits.bookedFrom(shown.name()) : shown.booked());
        model.addAttribute("version", shown.version());
        model.addAttribute("vue", vue);
        model.addAttribute(
                "action",
                SpaceAddress.agendaOf(subject) + "/disponibilites/"
                        + shown.name().entry() + "/" + shown.name().date() + "/suppression");
        model.addAttribute(
                "back", weekToReturnTo.address(subject, shown.occurrence().date(), vue));
        return DELETION;
    }

    @PostMapping({SpaceGuard.PRACTITIONER + UNDO, SpaceGuard.FACILITY + UNDO})
    @RequiredPermission(value = Permission.AGENDA, extent = Extent.WRITE)
    String undo(
            Subject subject,
            @PathVariable UUID deletion,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String vue,
            Locale locale,
            RedirectAttributes next) {
        try {
            String back = WeekBlock.anchor(edits.takeBack(subject, deletion));
            next.addFlashAttribute("done", "taken-back");
            next.addFlashAttribute("fresh", back);
            return "redirect:"
                    + weekToReturnTo.address(subject, IsoWeek.day(jour).orElse(null), vue) + "#" + back;
        } catch (NotFound late) {
            if (edits.isDeletionOfAnother(subject, deletion)) {
                throw late;
            }
            next.addFlashAttribute("trouble", messages.getMessage("people.week.undo.late", null, locale));
        } catch (StaleWrite changed) {
            next.addFlashAttribute("trouble", messages.getMessage("people.week.undo.overtaken", null, locale));
        }
        return "redirect:" + weekToReturnTo.address(subject, IsoWeek.day(jour).orElse(null), vue);
    }
}
