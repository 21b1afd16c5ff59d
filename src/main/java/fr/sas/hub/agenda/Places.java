package fr.sas.hub.agenda;

import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.PracticeLocation;
import java.util.List;

/** Places of practice of the directory, as slots show them. */
final class Places {

    private Places() {}

    static PracticeLocation shown(DirectoryPlace place) {
        return new PracticeLocation(
                place.id(),
                place.structures().isEmpty() ? null : place.structures().getFirst(),
                null,
                null,
                place.line(),
                place.postalCode(),
                place.city(),
                place.phone(),
                place.zone(),
                List.of());
    }

    /**
     * The place as it is today: by its id, else by its structure, for a place that got a better identifier since; as it
     * was typed when the practitioner no longer works there.
     */
    static PracticeLocation today(PracticeLocation typed, List<DirectoryPlace> places) {
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
