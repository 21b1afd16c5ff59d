package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.DayParser;
import fr.sas.hub.agenda.entry.EntryDocument;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a form about one occurrence of a weekly entry means for the other weeks: it has both a date and weekdays, which
 * must agree (docs/decisions/0091).
 *
 * @param entry the weekly entry as it is
 * @param usualDate of the occurrence in its entry
 * @param shown the date with which the form was opened
 * @param typed the form as it was sent
 */
record WeeklyFormReading(AgendaEntry entry, LocalDate usualDate, LocalDate shown, EntryDocument typed) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    /**
     * What is wrong with the weekdays or with the date beside them; empty if nothing is, or, for all weeks, if the date
     * cannot be read.
     *
     * @param openFrom the first day that can change
     */
    Optional<InvalidInput.Fault> contradiction(AgendaEdits.Scope scope, LocalDate openFrom) {
        LocalDate date = date();
        Set<String> days = days();
        if (scope == AgendaEdits.Scope.THIS_OCCURRENCE) {
            return days.equals(usual())
                    ? Optional.empty()
                    : Optional.of(new InvalidInput.Fault(
                            "weekly.days",
                            "cannot be changed for one occurrence only",
                            "Les jours ne changent que pour toutes les semaines : choisissez ci-dessous « à toutes les"
                                    + " semaines », ou laissez cochés les jours qui l'étaient.",
                            "The days can only be changed for every week: choose that below, or leave the same days"
                                    + " ticked."));
        }
        if (date == null || days.isEmpty()) {
            return Optional.empty();
        }
        if (movesToAnotherOfItsDays(date) && !isFirst(openFrom)) {
            return Optional.of(new InvalidInput.Fault(
                    "date",
                    "must stay the date of this occurrence: the availability takes place on that weekday every week anyway",
                    "Cette disponibilité a de toute façon lieu chaque " + french(date) + " : pour toutes les semaines,"
                            + " laissez la date du " + shown.format(DAY) + ". Pour qu'elle n'ait pas lieu certaines"
                            + " semaines, supprimez-la à ces dates.",
                    "This availability takes place every " + english(date) + " anyway: for every week, leave the date "
                            + shown.format(DAY)
                            + ". For it not to take place in some weeks, delete it on these dates."));
        }
        return date.equals(shown) || days.contains(name(date)) || movesItsOnlyDay()
                ? Optional.empty()
                : Optional.of(new InvalidInput.Fault(
                        "weekly.days",
                        "must include the weekday to which the date was moved: " + name(date),
                        "La date saisie est un " + french(date) + ", qui n'est pas coché : cochez « Chaque "
                                + capital(french(date)) + " », et décochez le jour qu'il remplace.",
                        "The date entered is a " + english(date)
                                + ", which is not ticked: tick it, and untick the day that it replaces."));
    }

    /** For all weeks; a date that was moved takes the only weekday along. @param openFrom the first day that can change */
    EntryDocument everyWeek(LocalDate openFrom) {
        LocalDate date = date();
        Set<String> days = days();
        if (date == null || days.isEmpty()) {
            return typed;
        }
        boolean moved = !date.equals(shown);
        if (moved && movesItsOnlyDay()) {
            days = Set.of(name(date));
        }
        LocalDate first = entry.typed().date();
        if (!first.isBefore(openFrom)) {
            first = firstOn(days, isFirst(openFrom) && moved ? date : first);
        }
        return typed.on(first.toString(), new EntryDocument.WeeklyDocument(List.copyOf(days), null));
    }

    /** Then the date is that of the first day, on which everything begins. */
    private boolean isFirst(LocalDate openFrom) {
        LocalDate first = entry.typed().date();
        return first.equals(usualDate) && !first.isBefore(openFrom);
    }

    /** For all weeks this says nothing; an occurrence that was moved for itself may go back to its usual date. */
    private boolean movesToAnotherOfItsDays(LocalDate date) {
        return !date.equals(shown) && !date.equals(usualDate) && days().equals(usual()) && days().contains(name(date));
    }

    /** With the only weekday left ticked, a date on another one can mean nothing else. */
    private boolean movesItsOnlyDay() {
        return days().size() == 1 && days().equals(usual());
    }

    private static LocalDate firstOn(Set<String> days, LocalDate from) {
        return from.datesUntil(from.plusWeeks(1))
                .filter(day -> days.contains(name(day)))
                .findFirst()
                .orElse(from);
    }

    private @Nullable LocalDate date() {
        return DayParser.read("date", typed.date(), fault -> {});
    }

    private Set<String> days() {
        EntryDocument.WeeklyDocument said = typed.weekly();
        return said == null || said.days() == null ? Set.of() : new LinkedHashSet<>(said.days());
    }

    private Set<String> usual() {
        return Objects.requireNonNull(entry.typed().weekly()).days().stream()
                .map(EntryDocument.WeeklyDocument::name)
                .collect(Collectors.toSet());
    }

    private static String name(LocalDate date) {
        return EntryDocument.WeeklyDocument.name(date.getDayOfWeek());
    }

    private static String french(LocalDate date) {
        DayOfWeek day = date.getDayOfWeek();
        return day.getDisplayName(TextStyle.FULL, Locale.FRENCH);
    }

    private static String english(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.FRENCH) + text.substring(1);
    }
}
