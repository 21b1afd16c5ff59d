package fr.sas.hub.participation;

import fr.sas.hub.directory.Facility.Kind;
import fr.sas.hub.slot.Source;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What settings may refer to.
 *
 * @param vendors that have a descriptor
 * @param places ids of the practitioner's places of practice
 * @param structure whether the directory knows the structure referred to
 * @param kind of that structure; null if unknown
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
     * Stored references may remain even if they no longer exist: a vendor that has left must not stand in the way of a
     * practitioner who wants to refuse.
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
