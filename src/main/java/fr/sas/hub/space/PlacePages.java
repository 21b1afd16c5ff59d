package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.agenda.PlacesOfPractice;
import fr.sas.hub.agenda.place.PlaceStatement;
import fr.sas.hub.delegation.Matter;
import fr.sas.hub.delegation.Matter.Extent;
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

/** What is said of one place: when nobody is there (guide 003, 2.5), and what the regulation should know (2.4). */
@Controller
class PlacePages {

    private static final String AWAY = "/lieux/{place}/indisponibilites";
    private static final String INFORMATION = "/lieux/{place}/informations";

    private static final String DASHBOARD = "tableau-de-bord";

    private final PlacesOfPractice places;
    private final MessageSource messages;

    PlacePages(PlacesOfPractice places, MessageSource messages) {
        this.places = places;
        this.messages = messages;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + AWAY, SpaceGuard.FACILITY + AWAY})
    @Right(value = Matter.UNAVAILABILITY, extent = Extent.WRITE)
    String openAway(
            Subject subject,
            @PathVariable String place,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String retour,
            Model model) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        return away(subject, said, AwayForm.of(said, jour), false, Map.of(), model);
    }

    /**
     * @param ajouter asks for another period
     * @param supprimer takes that period out of the form
     */
    @PostMapping({SpaceGuard.PRACTITIONER + AWAY, SpaceGuard.FACILITY + AWAY})
    @Right(value = Matter.UNAVAILABILITY, extent = Extent.WRITE)
    String away(
            Subject subject,
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
        if (ajouter != null || supprimer != null) {
            AwayForm now = supprimer == null ? form : form.without(supprimer);
            return away(subject, said, now, ajouter != null, Map.of(), model);
        }
        long version = form.version() == null ? -1 : form.version();
        boolean nowhereAway = said.unavailability().saysNothing();
        if (form.saysNothing() && nowhereAway && version == said.unavailabilityVersion()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            String missing = messages.getMessage("people.away.fault.empty", null, locale);
            return away(subject, said, form, false, Map.of("periods", missing), model);
        }
        try {
            places.say(subject, place, form.document(), version);
            next.addFlashAttribute("done", form.saysNothing() ? "back" : "away");
            return "redirect:" + behind(subject, said, form.jour(), retour);
        } catch (InvalidInput invalid) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return away(subject, said, form, false, FormFaults.of(invalid, "people.away", messages, locale), model);
        } catch (StaleWrite stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("now", said.unavailability());
            return away(subject, said, form.on(said.unavailabilityVersion()), false, Map.of(), model);
        }
    }

    private static String away(
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
        model.addAttribute("action", SpaceAddress.of(subject) + "/lieux/" + said.place() + "/indisponibilites");
        model.addAttribute("back", behind(subject, said, form.jour(), (String) model.getAttribute("retour")));
        return "people/unavailability";
    }

    /** A period with what is wrong with its days; null when nothing is. */
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
    @Right(value = Matter.INFORMATION, extent = Extent.WRITE)
    String openInformation(
            Subject subject,
            @PathVariable String place,
            @RequestParam(required = false) @Nullable String jour,
            @RequestParam(required = false) @Nullable String retour,
            Model model) {
        PlaceStatement said = places.statement(subject, place);
        model.addAttribute("retour", retour);
        return information(subject, said, said.information(), said.informationVersion(), jour, model);
    }

    @PostMapping({SpaceGuard.PRACTITIONER + INFORMATION, SpaceGuard.FACILITY + INFORMATION})
    @Right(value = Matter.INFORMATION, extent = Extent.WRITE)
    String inform(
            Subject subject,
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
            return "redirect:" + behind(subject, said, jour, retour);
        } catch (InvalidInput invalid) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute(
                    "fault",
                    FormFaults.of(invalid, "people.information", messages, locale)
                            .get("text"));
            return information(subject, said, texte, version, jour, model);
        } catch (StaleWrite stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("now", said.information());
            return information(subject, said, texte, said.informationVersion(), jour, model);
        }
    }

    private static String information(
            Subject subject, PlaceStatement said, String text, long version, @Nullable String jour, Model model) {
        model.addAttribute("text", text);
        model.addAttribute("version", version);
        model.addAttribute("jour", jour);
        model.addAttribute("action", SpaceAddress.of(subject) + "/lieux/" + said.place() + "/informations");
        model.addAttribute("back", behind(subject, said, jour, (String) model.getAttribute("retour")));
        return "people/information";
    }

    /** The page from which the form was opened: the dashboard, where it says so, else a week. */
    private static String behind(Subject subject, PlaceStatement said, @Nullable String jour, @Nullable String retour) {
        if (DASHBOARD.equals(retour)) {
            return SpaceAddress.of(subject);
        }
        return AvailabilityPages.week(subject, IsoWeek.day(jour).orElse(null), said.place());
    }
}
