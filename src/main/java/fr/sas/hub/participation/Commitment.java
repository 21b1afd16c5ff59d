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
 * How a subject participates: by their own settings, or through a health centre that participates for its salaried
 * doctors (docs/decisions/0012).
 *
 * @param settings the practitioner's own; the defaults for a structure
 * @param centres where the practitioner is a salaried doctor; for a health centre itself, under any of its ids, the
 *     centre as stored
 * @param structures those through which they participate, as the directory knows them, by the id in the settings
 */
public record Commitment(Settings settings, List<AtCentre> centres, Map<StructureId, Facility> structures) {

    public static final Commitment NONE = new Commitment(Settings.DEFAULT, List.of());

    /**
     * @param centre the id under which it is stored
     * @param places the directory's ids of the practitioner's places there; for the centre itself, its own
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

    /** @param known must contain the structures in {@link #calledThrough} as far as they exist */
    Commitment with(Map<StructureId, Facility> known) {
        Map<StructureId, Facility> theirs = new HashMap<>(known);
        theirs.keySet().retainAll(calledThrough());
        return new Commitment(settings, centres, theirs);
    }

    /** Every structure through which they participate at any place; nearly always none. */
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

    /**
     * Whether this subject, to whom the commitment belongs, is a health centre under the id under which it is stored.
     */
    public boolean isOfCentre(Subject subject) {
        return centres.stream().anyMatch(at -> at.centre.equals(subject));
    }

    /** Whether they may be called beyond their slots at some place. */
    public boolean participates() {
        return settings.participates() || centres.stream().anyMatch(AtCentre::participates);
    }

    /**
     * The settings in force at a place: where a participation in their own right does not count, those who work at a
     * centre participate through it, and all others do not (docs/decisions/0036).
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

    /**
     * The structure to call for someone at a place; null if the practice or nobody is called, or if the directory does
     * not know the structure.
     */
    public @Nullable Facility structureToCall(PracticeLocation place) {
        StructureId through = at(place).calledThrough();
        return through == null ? null : structures.get(through);
    }
}
