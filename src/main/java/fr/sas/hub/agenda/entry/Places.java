package fr.sas.hub.agenda.entry;

import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Places of practice of the directory, as slots show them. */
public final class Places {

    private Places() {}

    public static PracticeLocation shown(DirectoryPlace place) {
        return place.shown();
    }

    /**
     * The place that somebody means by its id or by a national id of its structure.
     *
     * @param wrong is told what is wrong when none or several are meant
     */
    public static @Nullable DirectoryPlace named(
            @Nullable String name, List<DirectoryPlace> places, Consumer<Wording> wrong) {
        if (name == null || name.isBlank()) {
            wrong.accept(new Wording("is needed: one of " + ids(places), "Choisissez un lieu d'exercice."));
            return null;
        }
        for (DirectoryPlace place : places) {
            if (place.id().equals(name)) {
                return place;
            }
        }
        List<DirectoryPlace> ofStructure = StructureId.parse(name)
                .map(structure -> places.stream()
                        .filter(place -> place.structures().contains(structure))
                        .toList())
                .orElse(List.of());
        if (ofStructure.size() == 1) {
            return ofStructure.getFirst();
        }
        wrong.accept(
                ofStructure.isEmpty()
                        ? new Wording(
                                "is not a place where this practitioner works; known are " + ids(places),
                                "Ce lieu n'est pas l'un des lieux d'exercice connus de l'annuaire.")
                        : new Wording(
                                "is not clear: this structure has several places, name one of " + ids(ofStructure),
                                "Cette structure a plusieurs lieux : choisissez l'un d'eux."));
        return null;
    }

    private static String ids(List<DirectoryPlace> places) {
        return places.isEmpty()
                ? "none"
                : places.stream().map(DirectoryPlace::id).collect(Collectors.joining(", "));
    }

    /**
     * The place as it is today: by its id, else by its structure, for a place that got a better identifier since; as it
     * was typed when the practitioner no longer works there.
     */
    public static PracticeLocation today(PracticeLocation typed, List<DirectoryPlace> places) {
        return places.stream()
                .filter(place -> place.id().equals(typed.key()))
                .findFirst()
                .or(() -> places.stream()
                        .filter(place ->
                                typed.structure() != null && place.structures().contains(typed.structure()))
                        .findFirst())
                .map(Places::shown)
                .orElse(typed);
    }
}
