package fr.sas.hub.search;

import fr.sas.hub.index.Availability;
import fr.sas.hub.index.Presence;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a practitioner or structure is and where they work, ready to write, whether or not they have a free slot
 * (docs/decisions/0036).
 */
final class ShelvedPresence {

    /**
     * A place as represented in answers: a practitioner's PractitionerRole or a structure's Location.
     *
     * @param id its logical id
     * @param matched as a search match
     * @param location the same place as a Location resource, for reads
     * @param organization of the place; null if the directory does not know it
     * @param toCall the structure to call; null for none
     * @param structures every national id of the place
     * @param isClosed during an absence
     */
    record ShelvedPlace(
            String id,
            BundleEntry matched,
            byte[] location,
            @Nullable ShelvedStructure organization,
            @Nullable ShelvedStructure toCall,
            boolean participates,
            @Nullable String postalCode,
            Set<StructureId> structures,
            boolean isClosed) {

        boolean isIn(String beginningOfPostalCode) {
            return postalCode != null && postalCode.toUpperCase(Locale.ROOT).startsWith(beginningOfPostalCode);
        }

        private int weight() {
            return 256
                    + matched.piece().weight()
                    + location.length
                    + (organization == null
                            ? 0
                            : organization.organization().piece().weight())
                    + (toCall == null ? 0 : toCall.organization().piece().weight());
        }
    }

    /** Whether the places are PractitionerRoles. */
    final boolean isPractitioner;

    final boolean takesReorientedPatients;
    /** Null if no source has ever named them; there are then no places. */
    final @Nullable BundleEntry party;

    final List<ShelvedPlace> places;
    /** When time alone changes this, in milliseconds since the epoch. */
    private final long until;

    ShelvedPresence(Presence presence) {
        Availability known = presence.known();
        ResourceShape shape = ResourceShape.of(known);
        NamedSubject who = known.party();
        Instant changes = known.until();
        this.isPractitioner = shape == ResourceShape.PRACTITIONER;
        this.takesReorientedPatients = known.settings().emergencyReorientation();
        this.until = changes == null ? Long.MAX_VALUE : changes.toEpochMilli();
        this.party = who == null ? null : shape.party(who, known);
        this.places = who == null
                ? List.of()
                : known.places().values().stream()
                        .map(place -> shelve(shape, who, place, presence))
                        .toList();
    }

    private static ShelvedPlace shelve(
            ResourceShape shape, NamedSubject who, PracticeLocation place, Presence presence) {
        Availability known = presence.known();
        StructureId structure = place.structure();
        String id = LogicalIds.role(who.id(), place);
        byte[] told = shape.place(who, place, known).resource();
        boolean isRole = shape == ResourceShape.PRACTITIONER;
        return new ShelvedPlace(
                id,
                BundleEntry.matched(isRole ? "PractitionerRole" : "Location", id, told),
                isRole
                        ? ResourceWriter.placeOfPractice(
                                who, place, known.information().get(place.key()))
                        : told,
                structure == null
                        ? null
                        : ShelvedStructure.of(presence.facilities().get(structure)),
                ShelvedStructure.of(known.commitment().structureToCall(place)),
                known.commitment().at(place).participates(),
                place.postalCode(),
                presence.structures().getOrDefault(place.key(), Set.of()),
                presence.isClosed(place));
    }

    boolean holdsAt(Instant now) {
        return now.toEpochMilli() < until;
    }

    int weight() {
        return 256
                + (party == null ? 0 : Objects.requireNonNull(party).piece().weight())
                + places.stream().mapToInt(ShelvedPlace::weight).sum();
    }
}
