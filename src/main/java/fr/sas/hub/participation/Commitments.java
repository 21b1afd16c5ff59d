package fr.sas.hub.participation;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.SalariedDoctor;
import fr.sas.hub.participation.Commitment.AtCentre;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Combines practitioners' settings with the health centres where they are salaried doctors. */
@Component
class Commitments {

    private final SettingsTables settings;
    private final CentreTables centres;
    private final Directory directory;

    Commitments(SettingsTables settings, CentreTables centres, Directory directory) {
        this.settings = settings;
        this.centres = centres;
        this.directory = directory;
    }

    /** Only practitioners who have ever saved settings or are salaried doctors of a health centre. */
    Map<PractitionerId, Commitment> ofPractitioners(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Settings> own = settings.of(practitioners);
        Map<PractitionerId, List<AtCentre>> salaried = salaried(practitioners);
        Set<PractitionerId> some = new HashSet<>(own.keySet());
        some.addAll(salaried.keySet());
        return some.stream()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> new Commitment(
                                own.getOrDefault(id, Settings.DEFAULT), salaried.getOrDefault(id, List.of()))));
    }

    private Map<PractitionerId, List<AtCentre>> salaried(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Map<StructureId, Set<String>>> places = new HashMap<>();
        for (SalariedDoctor doctor : directory.salaried(practitioners)) {
            places.computeIfAbsent(doctor.practitioner(), id -> new TreeMap<>())
                    .computeIfAbsent(doctor.centre(), id -> new HashSet<>())
                    .add(doctor.place());
        }
        Set<StructureId> participating = centres.participating(
                places.values().stream().flatMap(at -> at.keySet().stream()).collect(Collectors.toSet()));
        Map<PractitionerId, List<AtCentre>> salaried = new HashMap<>();
        places.forEach((practitioner, at) -> {
            List<AtCentre> there = new ArrayList<>(1);
            at.forEach((centre, ids) -> there.add(new AtCentre(centre, ids, participating.contains(centre))));
            salaried.put(practitioner, there);
        });
        return salaried;
    }

    /** Only those structures that are health centres, under any of their ids. */
    Map<StructureId, Commitment> ofStructures(Collection<StructureId> structures) {
        Map<StructureId, StructureId> kept = directory.centresKnownAs(structures);
        Set<StructureId> participating = centres.participating(kept.values());
        Map<StructureId, Commitment> commitments = new HashMap<>();
        kept.forEach((id, centre) -> commitments.put(
                id,
                new Commitment(
                        Settings.DEFAULT,
                        List.of(new AtCentre(centre, Set.of(centre.value()), participating.contains(centre))))));
        return commitments;
    }

    /**
     * Practitioners who participate, by their own settings or through a health centre. @param most the maximum number
     * returned
     */
    Set<PractitionerId> participating(int most) {
        Set<PractitionerId> participating = new HashSet<>(settings.participating(most));
        directory.salariedAt(centres.participating()).stream()
                .filter(doctor -> !participating.contains(doctor))
                .limit(most - participating.size())
                .forEach(participating::add);
        return participating;
    }
}
