package fr.sas.hub.agenda.hours;

import fr.sas.hub.agenda.AgendaTables;
import fr.sas.hub.agenda.Entries;
import fr.sas.hub.agenda.VisibleAgendas;
import fr.sas.hub.agenda.VisiblePart;
import fr.sas.hub.slot.Subject;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Hours of visibility by week, to compare with the two hours declared. Only agendas are counted, because vendors' slots
 * are not known once they are over. Unavailability is deducted as it was in force at the time: whatever is entered for
 * a place today, past weeks do not change.
 */
@Service
public class VisibilityHours {

    private static final int AT_A_TIME = 500;

    private final AgendaTables agendas;
    private final VisibleAgendas visible;
    private final Entries entries;
    private final CentreDoctors doctors;

    VisibilityHours(AgendaTables agendas, VisibleAgendas visible, Entries entries, CentreDoctors doctors) {
        this.agendas = agendas;
        this.visible = visible;
        this.entries = entries;
        this.doctors = doctors;
    }

    /** The whole weeks that contain these days. */
    public List<WeekOfHours> of(Subject owner, LocalDate from, LocalDate to) {
        Entries.atMostAYear(from, to);
        entries.mustExist(owner);
        return count(List.of(owner), from, to).getOrDefault(owner, List.of());
    }

    /** For every owner of an agenda, by national id, with only some of them in memory at a time. */
    void ofEverybody(LocalDate from, LocalDate to, BiConsumer<Subject, List<WeekOfHours>> sink) {
        List<Subject> some = agendas.following("", AT_A_TIME);
        while (!some.isEmpty()) {
            Map<Subject, List<WeekOfHours>> counted = count(some, from, to);
            some.forEach(subject -> sink.accept(subject, counted.getOrDefault(subject, List.of())));
            some = agendas.following(some.getLast().value(), AT_A_TIME);
        }
    }

    private Map<Subject, List<WeekOfHours>> count(
            Collection<? extends Subject> subjects, LocalDate from, LocalDate to) {
        LocalDate sundayNight = WeekOfHours.mondayOf(from).minusDays(1);
        LocalDate lastSunday = WeekOfHours.mondayOf(to).plusDays(6);
        CentreDoctors.Numbers numbers = doctors.of(subjects);
        return visible.of(subjects, sundayNight, lastSunday).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        agenda -> WeekOfHours.of(
                                hours(agenda.getValue()),
                                from,
                                to,
                                monday -> numbers.whenTheWeekEnded(agenda.getKey(), monday))));
    }

    private static List<WeekOfHours.ZonedSpan> hours(List<VisiblePart> agenda) {
        return agenda.stream()
                .map(part -> new WeekOfHours.ZonedSpan(
                        part.start(), part.end(), part.entry().typed().place().zone()))
                .toList();
    }
}
