package fr.sas.hub.agenda.place;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.SalariedDoctor;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** While a health centre is unavailable, so are its doctors there. */
@Component
public class CentreNotices {

    private final Directory directory;

    CentreNotices(Directory directory) {
        this.directory = directory;
    }

    /**
     * Notices about the places of these subjects, entered by themselves or by the centres where they are salaried
     * doctors.
     *
     * @param saidBy reads what subjects entered for their own places
     */
    public Map<Subject, List<PlaceNotice>> around(
            Collection<? extends Subject> subjects, Function<Set<Subject>, Map<Subject, List<PlaceNotice>>> saidBy) {
        List<SalariedDoctor> doctors = directory.salaried(subjects.stream()
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .toList());
        Set<Subject> speakers = new HashSet<>(subjects);
        doctors.forEach(doctor -> speakers.add(doctor.centre()));
        Map<Subject, List<PlaceNotice>> said = saidBy.apply(speakers);
        Map<Subject, List<PlaceNotice>> notices = new HashMap<>(said);
        notices.keySet().retainAll(new HashSet<>(subjects));
        for (SalariedDoctor doctor : doctors) {
            List<PlaceNotice> there = new ArrayList<>(notices.getOrDefault(doctor.practitioner(), List.of()));
            said.getOrDefault(doctor.centre(), List.of())
                    .forEach(notice ->
                            there.add(new PlaceNotice(doctor.place(), doctor.centre(), notice.absences(), null)));
            if (!there.isEmpty()) {
                notices.put(doctor.practitioner(), there);
            }
        }
        return notices;
    }
}
