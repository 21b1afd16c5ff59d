package fr.sas.hub.space;

import fr.sas.hub.agenda.feed.Feeds;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The secret address at which calendars read an agenda: create it, revoke it, how to use it. It is shown only once. */
@Controller
class CalendarAddressPage {

    private static final String PATH = "/agenda/adresse";
    private static final String REVOKE = PATH + "/revocation";

    private final Feeds feeds;

    CalendarAddressPage(Feeds feeds) {
        this.feeds = feeds;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + PATH, SpaceGuard.FACILITY + PATH})
    @RequiredPermission(value = Permission.FEED, extent = Extent.WRITE)
    String open(Subject subject, Locale locale, Model model) {
        return page(subject, null, locale, model);
    }

    /**
     * Answers with the page instead of a redirect, because the secret is not stored anywhere; the same form sent again gets
     * the same address.
     *
     * @param depuis when the address was created that the page showed as in force; null if it showed none
     * @param cle key of the form
     */
    @PostMapping({SpaceGuard.PRACTITIONER + PATH, SpaceGuard.FACILITY + PATH})
    @RequiredPermission(value = Permission.FEED, extent = Extent.WRITE)
    String make(
            Subject subject,
            @RequestParam(required = false) @Nullable Instant depuis,
            @RequestParam(required = false) @Nullable String cle,
            Locale locale,
            Model model) {
        Optional<String> secret = feeds.makeOnce(subject, depuis, cle);
        model.addAttribute("replaced", depuis != null);
        model.addAttribute("justMade", secret.isEmpty());
        return page(subject, secret.map(CalendarAddressPage::address).orElse(null), locale, model);
    }

    private static String address(String secret) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/calendar/" + secret + ".ics")
                .toUriString();
    }

    @PostMapping({SpaceGuard.PRACTITIONER + REVOKE, SpaceGuard.FACILITY + REVOKE})
    @RequiredPermission(value = Permission.FEED, extent = Extent.WRITE)
    String revoke(Subject subject, RedirectAttributes next) {
        feeds.revoke(subject);
        next.addFlashAttribute("revoked", true);
        return "redirect:" + SpaceAddress.of(subject) + PATH;
    }

    private String page(Subject subject, @Nullable String address, Locale locale, Model model) {
        model.addAttribute("action", SpaceAddress.of(subject) + PATH);
        model.addAttribute("formKey", feeds.newFormKey());
        Instant madeAt = feeds.madeAt(subject).orElse(null);
        model.addAttribute("madeAt", madeAt);
        if (madeAt != null) {
            LocalDateTime since = LocalDateTime.ofInstant(madeAt, PlaceZones.MAINLAND);
            model.addAttribute("since", DayWords.of(since.toLocalDate(), "d MMMM yyyy", locale));
            model.addAttribute("sinceHour", HourWords.of(since));
        }
        model.addAttribute("address", address);
        model.addAttribute("subscribe", address == null ? null : address.replaceFirst("^https?:", "webcal:"));
        model.addAttribute("back", SpaceAddress.agendaOf(subject));
        return "people/calendar-address";
    }
}
