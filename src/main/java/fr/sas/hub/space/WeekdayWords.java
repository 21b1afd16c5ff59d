package fr.sas.hub.space;

import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.WeeklyRecurrence;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells when a weekly entry takes place from now on: « chaque mardi et chaque vendredi, à compter du 4 décembre 2026 ». */
@Component
class WeekdayWords {

    private final MessageSource messages;
    private final Clock clock;

    WeekdayWords(MessageSource messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * A whole sentence; empty for an entry that takes place once, or no longer.
     *
     * @param first the first day to come; left out if it is null, or none of the weekdays
     */
    Optional<String> of(EntryDraft typed, @Nullable LocalDate first, Locale locale) {
        WeeklyRecurrence weekly = typed.weekly();
        LocalDate today = LocalDate.ofInstant(clock.instant(), typed.place().zone());
        if (weekly == null || typed.from(today).isEmpty()) {
            return Optional.empty();
        }
        String days = days(weekly, locale);
        return Optional.of(
                first == null || !weekly.days().contains(first.getDayOfWeek())
                        ? message("people.week.done.weeks", locale, days)
                        : message(
                                "people.week.done.weeks.from",
                                locale,
                                days,
                                DayWords.of(first, "d MMMM yyyy", locale)));
    }

    /** A whole sentence about an entry that was weekly, and from now on takes place once; empty if it is weekly. */
    Optional<String> onceOnly(EntryDraft typed, Locale locale) {
        return typed.weekly() == null
                ? Optional.of(
                        message("people.week.done.once", locale, DayWords.of(typed.date(), "d MMMM yyyy", locale)))
                : Optional.empty();
    }

    private String days(WeeklyRecurrence weekly, Locale locale) {
        List<String> days = weekly.days().stream()
                .sorted()
                .map(day -> message("people.history.value.weekly." + EntryDocument.WeeklyDocument.name(day), locale))
                .toList();
        return days.size() == 1
                ? days.getFirst()
                : message(
                        "people.week.done.days",
                        locale,
                        String.join(", ", days.subList(0, days.size() - 1)),
                        days.getLast());
    }

    private String message(String key, Locale locale, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, locale));
    }
}
