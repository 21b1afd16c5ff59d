package fr.sas.hub.agenda.week;

import fr.sas.hub.agenda.AgendaOwner;
import fr.sas.hub.agenda.Owners;
import fr.sas.hub.agenda.Visible;
import fr.sas.hub.agenda.Weeks;
import fr.sas.hub.agenda.entry.Occurrence;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.agenda.entry.Places;
import fr.sas.hub.agenda.hours.Hours;
import fr.sas.hub.agenda.hours.TwoHours;
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

/** Weeks of agendas with what absences hide of them, for whoever shows them to their owners. A front door of the room. */
@Service
public class AgendaWeeks {

    private final Weeks weeks;
    private final Owners owners;
    private final PlaceNotices notices;
    private final Hours hours;
    private final Clock clock;

    AgendaWeeks(Weeks weeks, Owners owners, PlaceNotices notices, Hours hours, Clock clock) {
        this.weeks = weeks;
        this.owners = owners;
        this.notices = notices;
        this.hours = hours;
        this.clock = clock;
    }

    /** Where the owner works as the directory knows it, a health centre at itself. */
    public List<PracticeLocation> places(Subject owner) {
        return owners.known(owner).places().stream().map(Places::shown).toList();
    }

    /** Of the week of this day: what agendas show, vendors' slots left aside. */
    @Transactional(readOnly = true)
    public TwoHours hours(Subject owner, LocalDate day) {
        return TwoHours.of(hours.of(owner, day, day).getFirst());
    }

    @Transactional(readOnly = true)
    public AgendaWeek week(Subject owner, LocalDate monday) {
        List<OccurrenceView> shown = weeks.occurrences(owner, monday.minusDays(1), monday.plusDays(6));
        List<DirectoryPlace> known = owners.find(owner).map(AgendaOwner::places).orElse(List.of());
        Map<String, PracticeLocation> places = new LinkedHashMap<>();
        known.forEach(place -> places.put(place.id(), Places.shown(place)));
        shown.forEach(one -> {
            PracticeLocation place = Places.today(one.entry().typed().place(), known);
            places.putIfAbsent(place.key(), place);
        });
        List<PlaceNotice> said = notices.of(List.of(owner)).getOrDefault(owner, List.of());
        List<AgendaWeek.Away> away = new ArrayList<>();
        for (PracticeLocation place : places.values()) {
            said.stream()
                    .filter(notice -> notice.isAbout(place))
                    .flatMap(notice -> notice.absences().stream())
                    .distinct()
                    .forEach(absence -> away.add(new AgendaWeek.Away(place, absence)));
        }
        return new AgendaWeek(
                monday,
                List.copyOf(places.values()),
                shown.stream()
                        .map(one -> typed(one, Places.today(one.entry().typed().place(), known), away))
                        .toList(),
                away,
                clock.instant());
    }

    private static AgendaWeek.Typed typed(OccurrenceView shown, PracticeLocation place, List<AgendaWeek.Away> away) {
        Occurrence occurrence = shown.occurrence();
        List<Absence> there = away.stream()
                .filter(one -> one.place().key().equals(place.key()))
                .map(AgendaWeek.Away::absence)
                .toList();
        List<Visible.Span> visible = Visible.left(shown.entry().typed().patients(), occurrence, there);
        boolean whole = visible.equals(List.of(new Visible.Span(occurrence.start(), occurrence.end())));
        return new AgendaWeek.Typed(
                shown,
                place,
                whole ? AgendaWeek.Left.ALL : visible.isEmpty() ? AgendaWeek.Left.NOTHING : AgendaWeek.Left.SOME);
    }
}
