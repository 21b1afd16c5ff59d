package fr.sas.hub.space;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.Subject;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What people whose form was overtaken by somebody else's change are told: what stands there now, since when, and by
 * whom.
 */
@Component
class OvertakenNotice {

    private final LastChange lastChange;

    OvertakenNotice(LastChange lastChange) {
        this.lastChange = lastChange;
    }

    void addTo(Subject subject, OccurrenceView now, Locale locale, Model model) {
        String known = lastChange.of(subject, "agenda/entries/" + now.name().entry(), locale);
        AgendaEntry entry = now.entry();
        model.addAttribute("now", summary(now, locale));
        model.addAttribute(
                "lastChange",
                known != null
                        ? known
                        : lastChange.at(
                                entry.changed()
                                        .at()
                                        .atZone(entry.typed().place().zone()),
                                locale));
    }

    private static Summary summary(OccurrenceView now, Locale locale) {
        AgendaEntry entry = now.entry();
        return new Summary(
                day(now.occurrence().date(), locale),
                hours(now),
                entry.typed().patients(),
                entry.typed().modes().stream().sorted().map(Enum::name).toList());
    }

    record Summary(String day, String hours, int patients, List<String> modes) {}

    static String hours(OccurrenceView shown) {
        return HourWords.of(shown.entry().typed().start()) + " - "
                + HourWords.of(shown.entry().typed().end());
    }

    static String day(LocalDate date, Locale locale) {
        return date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy", locale));
    }
}
