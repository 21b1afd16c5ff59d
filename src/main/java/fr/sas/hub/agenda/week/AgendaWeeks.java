package fr.sas.hub.agenda.week;

import fr.sas.hub.agenda.AgendaOwner;
import fr.sas.hub.agenda.AgendaOwners;
import fr.sas.hub.agenda.VisiblePart;
import fr.sas.hub.agenda.WeeklyEdits;
import fr.sas.hub.agenda.entry.DirectoryPlaces;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.hours.TwoHours;
import fr.sas.hub.agenda.hours.VisibilityHours;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.agenda.place.PlaceNotices;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Weeks of agendas and what absences hide of them, for pages shown to their owners. A front door of the room. */
@Service
public class AgendaWeeks {

    private final WeeklyEdits weeks;
    private final AgendaOwners owners;
    private final PlaceNotices notices;
    private final VisibilityHours hours;
    private final Clock clock;

    AgendaWeeks(WeeklyEdits weeks, AgendaOwners owners, PlaceNotices notices, VisibilityHours hours, Clock clock) {
        this.weeks = weeks;
        this.owners = owners;
        this.notices = notices;
        this.hours = hours;
        this.clock = clock;
    }

    /** Where the owner works according to the directory; for a health centre, the centre itself. */
    public List<PracticeLocation> places(Subject owner) {
        return owners.known(owner).places().stream().map(DirectoryPlaces::shown).toList();
    }

    /** By week, from that of {@code from} to that of {@code to}: only what the agenda shows, without vendors' slots. */
    @Transactional(readOnly = true)
    public List<TwoHours> hours(Subject owner, LocalDate from, LocalDate to) {
        return hours.of(owner, from, to).stream().map(TwoHours::of).toList();
    }

    @Transactional(readOnly = true)
    public AgendaWeek week(Subject owner, LocalDate monday) {
        List<OccurrenceView> shown = weeks.occurrences(owner, monday.minusDays(1), monday.plusDays(6));
        List<DirectoryPlace> known = owners.find(owner).map(AgendaOwner::places).orElse(List.of());
        Map<String, PracticeLocation> places = new LinkedHashMap<>();
        known.forEach(place -> places.put(place.id(), DirectoryPlaces.shown(place)));
        shown.forEach(one -> {
            PracticeLocation place = DirectoryPlaces.today(one.entry().typed().place(), known);
            places.putIfAbsent(place.key(), place);
        });
        List<PlaceNotice> said = notices.of(List.of(owner)).getOrDefault(owner, List.of());
        List<AgendaWeek.PlaceAbsence> away = new ArrayList<>();
        for (PracticeLocation place : places.values()) {
            said.stream()
                    .filter(notice -> notice.isAbout(place))
                    .flatMap(notice -> notice.absences().stream())
                    .distinct()
                    .forEach(absence -> away.add(new AgendaWeek.PlaceAbsence(place, absence)));
        }
        return new AgendaWeek(
                monday,
                List.copyOf(places.values()),
                shown.stream()
                        .map(one -> typed(
                                one, DirectoryPlaces.today(one.entry().typed().place(), known), away))
                        .toList(),
                away,
                clock.instant());
    }

    private static AgendaWeek.WeekOccurrence typed(
            OccurrenceView shown, PracticeLocation place, List<AgendaWeek.PlaceAbsence> away) {
        List<Absence> there = away.stream()
                .filter(one -> one.place().key().equals(place.key()))
                .map(AgendaWeek.PlaceAbsence::absence)
                .toList();
        return new AgendaWeek.WeekOccurrence(
                shown, place, VisiblePart.visibleSpans(shown.entry().typed().patients(), shown.occurrence(), there));
    }
}
