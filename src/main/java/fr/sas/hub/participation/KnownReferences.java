package fr.sas.hub.participation;

import fr.sas.hub.directory.Facility.Kind;
import fr.sas.hub.slot.Source;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What settings may name.
 *
 * @param vendors of whom there is a descriptor
 * @param places ids of the practitioner's places of practice
 * @param structure whether the directory knows the structure that is named
 * @param kind of that structure; null when nobody said
 */
record KnownReferences(
        Set<Source> vendors,
        Set<String> places,
        boolean structure,
        @Nullable Kind kind) {

    KnownReferences {
        vendors = Set.copyOf(vendors);
        places = Set.copyOf(places);
    }

    /**
     * What was kept before may stay, also when it is gone since: a vendor that left must not stand in the way of a
     * practitioner who wants to say no.
     */
    KnownReferences orKeptIn(Settings before, Settings after) {
        Set<Source> named = new HashSet<>(vendors);
        named.addAll(before.vendors());
        Set<String> at = new HashSet<>(places);
        at.addAll(before.practiceLocations());
        boolean same = before.structure() != null && before.structure().equals(after.structure());
        return new KnownReferences(named, at, structure || same, kind);
    }
}
