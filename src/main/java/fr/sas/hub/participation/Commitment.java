package fr.sas.hub.participation;

import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a subject takes part: by settings of their own, or through a health centre that takes part for its salaried
 * doctors (docs/decisions/0012).
 *
 * @param settings the practitioner's own; the defaults for a structure
 * @param centres where the practitioner is a salaried doctor; of a health centre itself, by whichever of its ids, the
 *     centre as it is kept
 */
public record Commitment(Settings settings, List<AtCentre> centres) {

    public static final Commitment NONE = new Commitment(Settings.DEFAULT, List.of());

    /**
     * @param centre the id it is kept under
     * @param places the directory's ids of the practitioner's places there; of the centre itself its own
     */
    public record AtCentre(StructureId centre, Set<String> places, boolean participates) {
        public AtCentre {
            places = Set.copyOf(places);
        }

        public boolean isAt(PracticeLocation place) {
            return places.contains(place.key()) || centre.equals(place.structure());
        }
    }

    public Commitment {
        centres = List.copyOf(centres);
    }

    /** Whether this subject, of whom the commitment is, is a health centre under the id it is kept under. */
    public boolean isOfCentre(Subject subject) {
        return centres.stream().anyMatch(at -> at.centre.equals(subject));
    }

    /** Whether they may be called beyond their slots somewhere. */
    public boolean participates() {
        return settings.participates() || centres.stream().anyMatch(AtCentre::participates);
    }

    /** As the settings are in force at a place: who has no participation of their own participates through the centre there. */
    public Settings at(PracticeLocation place) {
        if (settings.participates()) {
            return settings;
        }
        Optional<AtCentre> through = centres.stream()
                .filter(AtCentre::participates)
                .filter(centre -> centre.isAt(place))
                .findFirst();
        return through.map(AtCentre::centre).map(settings::throughCentre).orElse(settings);
    }
}
