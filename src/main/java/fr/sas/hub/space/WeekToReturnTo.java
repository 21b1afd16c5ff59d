package fr.sas.hub.space;

import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The week of an agenda from which a form was opened, and to which it leads back. */
@Component
class WeekToReturnTo {

    private final AgendaWeeks weeks;
    private final MessageSource messages;

    WeekToReturnTo(AgendaWeeks weeks, MessageSource messages) {
        this.weeks = weeks;
        this.messages = messages;
    }

    /** @param vue the place as it was sent; shows all places if it is none of theirs */
    String address(Subject subject, @Nullable LocalDate day, @Nullable String vue) {
        String place = weeks.places(subject).stream()
                .map(PracticeLocation::key)
                .filter(key -> key.equals(vue))
                .findFirst()
                .orElse(null);
        return of(subject, day, place);
    }

    /** Someone else has already deleted it: shows the week as it is now, with a message. */
    String without(Subject subject, LocalDate date, @Nullable String vue, Locale locale, RedirectAttributes next) {
        next.addFlashAttribute("trouble", messages.getMessage("people.week.gone", null, locale));
        return "redirect:" + address(subject, date, vue);
    }

    /** @param day determines the week, and is shown on a narrow screen; null for today */
    static String of(Subject subject, @Nullable LocalDate day, @Nullable String place) {
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
}
