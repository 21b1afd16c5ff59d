package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.agenda.PlacesOfPractice;
import fr.sas.hub.agenda.place.PlaceStatement;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Forms for one place: when nobody is there (guide 003, 2.5), and what regulators should know (2.4). */
@Controller
class PlacePages {

    private static final String AWAY = "/lieux/{place}/indisponibilites";
    private static final String INFORMATION = "/lieux/{place}/informations";

    private static final String DASHBOARD = "tableau-de-bord";

    private final PlacesOfPractice places;
    private final AgendaWeeks weeks;
    private final LastChange lastChange;
    private final MessageSource messages;

    PlacePages(PlacesOfPractice places, AgendaWeeks weeks, LastChange lastChange, MessageSource messages) {
        this.lastChange = lastChange;
        this.places = places;
        this.weeks = weeks;
        this.messages = messages;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + AWAY, SpaceGuard.FACILITY + AWAY})
    @RequiredPermission(value = Permission.UNAVAILABILITY, extent = Extent.WRITE)
    String openAway(
            Subject subject,
            Visitor visitor,
            @PathVariable String place,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String retour,
            Model model) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        return away(visitor, subject, said, AwayForm.of(said, jour), false, Map.of(), model);
    }

    /**
     * @param ajouter requests another period
     * @param supprimer number of a period to remove from the form
     */
    @PostMapping({SpaceGuard.PRACTITIONER + AWAY, SpaceGuard.FACILITY + AWAY})
    @RequiredPermission(value = Permission.UNAVAILABILITY, extent = Extent.WRITE)
    String away(
            Subject subject,
            Visitor visitor,
            @PathVariable String place,
            @ModelAttribute("form") AwayForm form,
            @RequestParam(required = false) @Nullable String ajouter,
            @RequestParam(required = false) @Nullable Integer supprimer,
            @RequestParam(required = false) @Nullable String retour,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        if (ajouter != null && form.hasBlankRow()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            String first = messages.getMessage("people.away.fault.blank", null, locale);
            return away(visitor, subject, said, form, true, Map.of("periods", first), model);
        }
        if (ajouter != null || supprimer != null) {
            AwayForm now = supprimer == null ? form : form.without(supprimer);
            return away(visitor, subject, said, now, ajouter != null, Map.of(), model);
        }
        long version = form.version() == null ? -1 : form.version();
        boolean nowhereAway = said.unavailability().saysNothing();
        if (form.saysNothing() && nowhereAway && version == said.unavailabilityVersion()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            String missing = messages.getMessage("people.away.fault.empty", null, locale);
            return away(visitor, subject, said, form, false, Map.of("periods", missing), model);
        }
        try {
            places.say(subject, place, form.document(), version);
            next.addFlashAttribute("done", form.saysNothing() ? "back" : "away");
            return "redirect:" + behind(visitor, subject, said, form.jour(), retour);
        } catch (InvalidInput invalid) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return away(
                    visitor,
                    subject,
                    said,
                    form,
                    false,
                    FormFaults.of(invalid, "people.away", messages, locale),
                    model);
        } catch (StaleWrite stale) {
            if (form.says(places.statement(subject, place))) {
                next.addFlashAttribute("done", form.saysNothing() ? "back" : "away");
                return "redirect:" + behind(visitor, subject, said, form.jour(), retour);
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("now", said.unavailability());
            model.addAttribute("lastChange", lastChange(subject, said, "unavailability", locale));
            return away(visitor, subject, said, form.on(said.unavailabilityVersion()), false, Map.of(), model);
        }
    }

    private String away(
            Visitor visitor,
            Subject subject,
            PlaceStatement said,
            AwayForm form,
            boolean oneMore,
            Map<String, String> faults,
            Model model) {
        model.addAttribute("form", form);
        List<Row> rows = rows(form.rows(oneMore), faults);
        model.addAttribute("rows", rows);
        model.addAttribute("mayAdd", rows.size() < AwayForm.MOST_PERIODS);
        model.addAttribute("faults", faults);
        model.addAttribute("where", label(subject, said));
        model.addAttribute("action", SpaceAddress.of(subject) + "/lieux/" + said.place() + "/indisponibilites");
        model.addAttribute("back", behind(visitor, subject, said, form.jour(), (String) model.getAttribute("retour")));
        return "people/unavailability";
    }

    /** A period with what is wrong with its days; null if nothing is. */
    record Row(
            String from,
            String to,
            @Nullable String fromFault,
            @Nullable String toFault) {}

    private static List<Row> rows(List<AwayForm.Period> periods, Map<String, String> faults) {
        return IntStream.range(0, periods.size())
                .mapToObj(i -> new Row(
                        periods.get(i).from(),
                        periods.get(i).to(),
                        faults.get("periods[" + i + "].from"),
                        faults.get("periods[" + i + "].to")))
                .toList();
    }

    @GetMapping({SpaceGuard.PRACTITIONER + INFORMATION, SpaceGuard.FACILITY + INFORMATION})
    @RequiredPermission(value = Permission.INFORMATION, extent = Extent.WRITE)
    String openInformation(
            Subject subject,
            Visitor visitor,
            @PathVariable String place,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String retour,
            Model model) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        return information(visitor, subject, said, said.information(), said.informationVersion(), jour, model);
    }

    @PostMapping({SpaceGuard.PRACTITIONER + INFORMATION, SpaceGuard.FACILITY + INFORMATION})
    @RequiredPermission(value = Permission.INFORMATION, extent = Extent.WRITE)
    String inform(
            Subject subject,
            Visitor visitor,
            @PathVariable String place,
            @RequestParam(defaultValue = "") String texte,
            @RequestParam(defaultValue = "-1") long version,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String retour,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        try {
            places.say(subject, place, texte, version);
            next.addFlashAttribute("done", "information");
            return "redirect:" + behind(visitor, subject, said, jour, retour);
        } catch (InvalidInput invalid) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute(
                    "fault",
                    FormFaults.of(invalid, "people.information", messages, locale)
                            .get("text"));
            return information(visitor, subject, said, texte, version, jour, model);
        } catch (StaleWrite stale) {
            if (texte.replace("\r\n", "\n")
                    .strip()
                    .equals(places.statement(subject, place).information())) {
                next.addFlashAttribute("done", "information");
                return "redirect:" + behind(visitor, subject, said, jour, retour);
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("now", said.information());
            model.addAttribute("lastChange", lastChange(subject, said, "information", locale));
            return information(visitor, subject, said, texte, said.informationVersion(), jour, model);
        }
    }

    private String information(
            Visitor visitor,
            Subject subject,
            PlaceStatement said,
            String text,
            long version,
            @Nullable String jour,
            Model model) {
        model.addAttribute("text", text);
        model.addAttribute("version", version);
        model.addAttribute("jour", jour);
        model.addAttribute("where", label(subject, said));
        model.addAttribute("action", SpaceAddress.of(subject) + "/lieux/" + said.place() + "/informations");
        model.addAttribute("back", behind(visitor, subject, said, jour, (String) model.getAttribute("retour")));
        return "people/information";
    }

    private @Nullable String lastChange(Subject subject, PlaceStatement said, String what, Locale locale) {
        return lastChange.of(subject, "agenda/places/" + said.place() + "/" + what, locale);
    }

    /** Null for a place that the directory no longer knows. */
    private @Nullable String label(Subject subject, PlaceStatement said) {
        return weeks.places(subject).stream()
                .filter(place -> place.key().equals(said.place()))
                .map(WeekDrawing::label)
                .findFirst()
                .orElse(null);
    }

    /** The page from which the form was opened: the dashboard, where it says so, else a week. */
    private static String behind(
            Visitor visitor, Subject subject, PlaceStatement said, @Nullable String jour, @Nullable String retour) {
        if (DASHBOARD.equals(retour)) {
            return SpaceAddress.dashboard(visitor, subject);
        }
        return WeekToReturnTo.of(subject, IsoWeek.day(jour).orElse(null), said.place());
    }
}
