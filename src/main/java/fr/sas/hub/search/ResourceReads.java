package fr.sas.hub.search;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.StructureId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads by id of every resource that answers contain, and of everyone the directory knows. */
@Component
class ResourceReads {

    private final SubjectShelf shelf;
    private final PresenceShelf presences;
    private final AvailabilityIndex index;
    private final Directory directory;

    ResourceReads(SubjectShelf shelf, PresenceShelf presences, AvailabilityIndex index, Directory directory) {
        this.shelf = shelf;
        this.presences = presences;
        this.index = index;
        this.directory = directory;
    }

    Optional<byte[]> read(String type, String id, Instant now) {
        return switch (type) {
            case "Slot" ->
                slot(id, false, now)
                        .filter(slot -> slot.belongsToNone)
                        .or(() -> slot(id, true, now))
                        .map(slot -> ShelvedSubject.resourceIn(slot.entry));
            case "Schedule" ->
                taken(id, false, now).flatMap(taken -> schedule(taken.subjects().getFirst(), id, taken.knownAt()));
            case "PractitionerRole" ->
                presence(id, now)
                        .filter(who -> who.isPractitioner)
                        .flatMap(who -> place(who, id))
                        .map(place -> place.matched().resource());
            case "Location" ->
                presence(id, now).flatMap(who -> place(who, id)).map(ShelvedPresence.ShelvedPlace::location);
            case "Practitioner" ->
                presence(id, now).filter(who -> who.isPractitioner).flatMap(who -> party(who, type, id));
            case "HealthcareService" ->
                community(id).map(community -> community.service().resource());
            case "Organization" ->
                StructureId.parseNational(id)
                        .flatMap(directory::facility)
                        .filter(facility -> facility.id().value().equals(id))
                        .map(ResourceWriter::structure)
                        .or(() -> community(id)
                                .map(community -> community.organization().resource()))
                        .or(() -> presence(id, now).flatMap(who -> party(who, type, id)));
            default -> Optional.empty();
        };
    }

    private record Slot(byte[] entry, boolean belongsToNone) {}

    /** Includes the communities it belongs to, if any. */
    private Optional<Slot> slot(String id, boolean forCommunities, Instant now) {
        return taken(id, forCommunities, now).flatMap(taken -> {
            ShelvedSubject subject = taken.subjects().getFirst();
            for (int slot = 0; slot < subject.slots(); slot++) {
                if (subject.end(slot) > now.toEpochMilli()) {
                    byte[] entry = subject.unpackedSlot(slot);
                    if (ShelvedSubject.idIn(entry).equals(id)) {
                        return Optional.of(new Slot(entry, !subject.belongsToCommunities(slot)));
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<byte[]> schedule(ShelvedSubject subject, String id, Instant knownAt) {
        for (int number = 0; number < subject.schedules.size(); number++) {
            byte[] before = subject.unpacked(subject.scheduleBefore(number));
            if (ShelvedSubject.idIn(before).equals(id)) {
                ByteArrayOutputStream entry = new ByteArrayOutputStream();
                entry.writeBytes(before);
                entry.writeBytes(SearchAnswer.syncOf(subject, number, knownAt));
                entry.writeBytes(subject.unpacked(subject.scheduleAfter(number)));
                return Optional.of(ShelvedSubject.resourceIn(entry.toByteArray()));
            }
        }
        return Optional.empty();
    }

    private Optional<ShelvedPresence> presence(String id, Instant now) {
        return LogicalIds.subjectOf(id).map(subject -> presences.take(subject, now));
    }

    private static Optional<ShelvedPresence.ShelvedPlace> place(ShelvedPresence who, String id) {
        return who.places.stream().filter(place -> place.id().equals(id)).findFirst();
    }

    private static Optional<byte[]> party(ShelvedPresence who, String type, String id) {
        return Optional.ofNullable(who.party)
                .filter(party -> startsWith(party, type + "/" + id + "\""))
                .map(BundleEntry::resource);
    }

    /** The subject whose id begins like this one, if there is any. */
    private Optional<SubjectShelf.ShelfRead> taken(String id, boolean forCommunities, Instant now) {
        return LogicalIds.subjectOf(id).map(known -> shelf.take(List.of(known), forCommunities, now));
    }

    private Optional<ShelvedCommunity> community(String id) {
        return StructureId.parse(id).flatMap(index::community).map(ShelvedCommunity::of);
    }

    private static boolean startsWith(BundleEntry entry, String text) {
        byte[] start = text.getBytes(StandardCharsets.UTF_8);
        byte[] plain = entry.piece().plain;
        return plain.length > start.length && java.util.Arrays.equals(plain, 0, start.length, start, 0, start.length);
    }
}
