package fr.sas.hub.space;

import fr.sas.hub.agenda.feed.Feeds;
import fr.sas.hub.delegation.Matter;
import fr.sas.hub.delegation.Matter.Extent;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The secret address at which an agenda is read by a calendar: made, revoked, and how to use it. It is shown once. */
@Controller
class CalendarAddressPage {

    private static final String PATH = "/agenda/adresse";
    private static final String REVOKE = PATH + "/revocation";

    private final Feeds feeds;

    CalendarAddressPage(Feeds feeds) {
        this.feeds = feeds;
    }

    @GetMapping({SpaceGuard.PRACTITIONER + PATH, SpaceGuard.FACILITY + PATH})
    @Right(value = Matter.FEED, extent = Extent.WRITE)
    String open(Subject subject, Locale locale, Model model) {
        return page(subject, null, locale, model);
    }

    /** Answered by the page itself: the secret is kept nowhere, not even for a redirect. */
    @PostMapping({SpaceGuard.PRACTITIONER + PATH, SpaceGuard.FACILITY + PATH})
    @Right(value = Matter.FEED, extent = Extent.WRITE)
    String make(Subject subject, Locale locale, Model model) {
        String address = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/calendar/" + feeds.make(subject) + ".ics")
                .toUriString();
        return page(subject, address, locale, model);
    }

    @PostMapping({SpaceGuard.PRACTITIONER + REVOKE, SpaceGuard.FACILITY + REVOKE})
    @Right(value = Matter.FEED, extent = Extent.WRITE)
    String revoke(Subject subject, RedirectAttributes next) {
        feeds.revoke(subject);
        next.addFlashAttribute("revoked", true);
        return "redirect:" + SpaceAddress.of(subject) + PATH;
    }

    private String page(Subject subject, @Nullable String address, Locale locale, Model model) {
        model.addAttribute("action", SpaceAddress.of(subject) + PATH);
        model.addAttribute(
                "since", feeds.madeAt(subject).map(at -> words(at, locale)).orElse(null));
        model.addAttribute("address", address);
        model.addAttribute("subscribe", address == null ? null : address.replaceFirst("^https?:", "webcal:"));
        model.addAttribute("back", SpaceAddress.agendaOf(subject));
        return "people/calendar-address";
    }

    private static String words(Instant at, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atZone(PlaceZones.MAINLAND));
    }
}
