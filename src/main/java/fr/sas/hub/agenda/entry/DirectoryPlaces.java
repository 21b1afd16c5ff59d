package fr.sas.hub.agenda.entry;

import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The directory's places of practice, as shown in slots. */
public final class DirectoryPlaces {

    private DirectoryPlaces() {}

    public static PracticeLocation shown(DirectoryPlace place) {
        return place.shown();
    }

    /**
     * The place meant by its id or by a national id of its structure. Null if there is none, or more than one.
     *
     * @param wrong receives what is wrong in that case
     */
    public static @Nullable DirectoryPlace named(
            @Nullable String name, List<DirectoryPlace> places, Consumer<Wording> wrong) {
        if (name == null || name.isBlank()) {
            wrong.accept(new Wording(
                    "is required: one of " + ids(places),
                    "Choisissez un lieu d'exercice.",
                    "Choose a practice location."));
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
                                "is not a place where this practitioner works; known places are " + ids(places),
                                "Ce lieu n'est pas l'un des lieux d'exercice connus de l'annuaire.",
                                "This is not one of the practice locations known to the directory.")
                        : new Wording(
                                "is ambiguous: this structure has several places; name one of " + ids(ofStructure),
                                "Cette structure a plusieurs lieux : choisissez l'un d'eux.",
                                "This structure has several locations: choose one of them."));
        return null;
    }

    private static String ids(List<DirectoryPlace> places) {
        return places.isEmpty()
                ? "none"
                : places.stream().map(DirectoryPlace::id).collect(Collectors.joining(", "));
    }

    /**
     * The place as it is today: by its id, otherwise by its structure, in case it has got a better identifier since; as
     * it was when entered if the practitioner no longer works there.
     */
    public static PracticeLocation today(PracticeLocation typed, List<DirectoryPlace> places) {
        return places.stream()
                .filter(place -> place.id().equals(typed.key()))
                .findFirst()
                .or(() -> places.stream()
                        .filter(place ->
                                typed.structure() != null && place.structures().contains(typed.structure()))
                        .findFirst())
                .map(DirectoryPlaces::shown)
                .orElse(typed);
    }
}
