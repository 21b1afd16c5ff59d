package fr.sas.hub.directory;

import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner as the directory knows them.
 *
 * @param profession code of the national extraction (10 = physician); null when unknown
 * @param specialties codes of TRE_R38, such as SM54
 */
public record DirectoryPractitioner(
        PractitionerId id,
        String family,
        List<String> given,
        @Nullable String profession,
        List<String> specialties,
        List<DirectoryPlace> places) {
    public DirectoryPractitioner {
        given = List.copyOf(given);
        specialties = List.copyOf(specialties);
        places = List.copyOf(places);
    }

    public NamedSubject party() {
        return new NamedSubject(id, family, given);
    }

    /**
     * The place that a source means: the one that shares a national id or, when the source gives none, the only one
     * with the same address, however it is abbreviated (decision 0002).
     *
     * @return null when there is no match, or no unambiguous one
     */
    public @Nullable DirectoryPlace placeAt(
            Collection<StructureId> ids, @Nullable String line, @Nullable String postalCode, @Nullable String city) {
        for (StructureId structure : ids) {
            for (DirectoryPlace place : places) {
                if (place.structures().contains(structure)) {
                    return place;
                }
            }
        }
        SpelledAddress told = ids.isEmpty() ? SpelledAddress.of(line, postalCode, city) : null;
        if (told == null || told.street() == null) {
            return null;
        }
        List<DirectoryPlace> same = places.stream()
                .filter(place -> told.equals(SpelledAddress.of(place.line(), place.postalCode(), place.city())))
                .limit(2)
                .toList();
        return same.size() == 1 ? same.getFirst() : null;
    }

    /** Settings and agenda entries refer to places by id, so a known place keeps its id. */
    DirectoryPractitioner withPlaceIdsOf(DirectoryPractitioner before) {
        Set<String> taken = places.stream().map(DirectoryPlace::id).collect(Collectors.toCollection(HashSet::new));
        List<DirectoryPlace> kept = places.stream()
                .map(place -> before.places.stream()
                        .filter(old -> old.sharesAStructureWith(place))
                        .sorted(Comparator.comparing(old -> !old.id().equals(place.id())))
                        .map(DirectoryPlace::id)
                        .filter(id -> id.equals(place.id()) || taken.add(id))
                        .findFirst()
                        .map(place::withId)
                        .orElse(place))
                .toList();
        return new DirectoryPractitioner(id, family, given, profession, specialties, kept);
    }
}
