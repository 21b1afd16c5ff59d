package fr.sas.hub.participation;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a subject takes part: by settings of their own, or through a health centre that takes part for its salaried
 * doctors (docs/decisions/0012).
 *
 * @param settings the practitioner's own; the defaults for a structure
 * @param centres where the practitioner is a salaried doctor; of a health centre itself, by whichever of its ids, the
 *     centre as it is kept
 * @param structures those they take part through, as the directory knows them, by the id that was named
 */
public record Commitment(Settings settings, List<AtCentre> centres, Map<StructureId, Facility> structures) {

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
        structures = Map.copyOf(structures);
    }

    public Commitment(Settings settings, List<AtCentre> centres) {
        this(settings, centres, Map.of());
    }

    /** @param known of the structures at least those that {@link #calledThrough} names, as far as they exist */
    Commitment with(Map<StructureId, Facility> known) {
        Map<StructureId, Facility> theirs = new HashMap<>(known);
        theirs.keySet().retainAll(calledThrough());
        return new Commitment(settings, centres, theirs);
    }

    /** Every structure they take part through, wherever; nearly always none. */
    List<StructureId> calledThrough() {
        StructureId own = settings.calledThrough();
        if (own == null && centres.isEmpty()) {
            return List.of();
        }
        List<StructureId> all = new ArrayList<>(2);
        if (own != null) {
            all.add(own);
        }
        centres.stream().filter(AtCentre::participates).map(AtCentre::centre).forEach(all::add);
        return all;
    }

    /** Whether this subject, of whom the commitment is, is a health centre under the id it is kept under. */
    public boolean isOfCentre(Subject subject) {
        return centres.stream().anyMatch(at -> at.centre.equals(subject));
    }

    /** Whether they may be called beyond their slots somewhere. */
    public boolean participates() {
        return settings.participates() || centres.stream().anyMatch(AtCentre::participates);
    }

    /**
     * As the settings are in force at a place: where a participation of their own does not count, who works at a centre
     * participates through it, and everybody else not (docs/decisions/0036).
     */
    public Settings at(PracticeLocation place) {
        if (settings.countsAt(place.key())) {
            return settings;
        }
        Optional<AtCentre> through = centres.stream()
                .filter(AtCentre::participates)
                .filter(centre -> centre.isAt(place))
                .findFirst();
        return through.map(AtCentre::centre).map(settings::throughCentre).orElseGet(settings::withoutParticipation);
    }

    /** The structure to call for somebody at a place; null when the practice is called, or nobody, or the directory does not know it. */
    public @Nullable Facility structureToCall(PracticeLocation place) {
        StructureId through = at(place).calledThrough();
        return through == null ? null : structures.get(through);
    }
}
