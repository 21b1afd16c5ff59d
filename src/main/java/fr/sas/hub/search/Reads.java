package fr.sas.hub.search;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads by id of every resource that answers contain. */
@Component
class Reads {

    private final Shelf shelf;
    private final AvailabilityIndex index;

    Reads(Shelf shelf, AvailabilityIndex index) {
        this.shelf = shelf;
        this.index = index;
    }

    Optional<byte[]> read(String type, String id, Instant now) {
        return switch (type) {
            case "Slot" ->
                subject(id, now)
                        .flatMap(subject -> subject.slots.stream()
                                .filter(slot -> slot.id().equals(id) && slot.end() > now.toEpochMilli())
                                .findFirst()
                                .map(slot -> slot.entry().resource()));
            case "Schedule" ->
                subject(id, now)
                        .flatMap(subject -> subject.schedules.stream()
                                .filter(schedule -> schedule.id().equals(id))
                                .findFirst()
                                .map(schedule -> withSync(subject, schedule, now)));
            case "PractitionerRole", "Location" ->
                subject(id, now)
                        .flatMap(subject -> subject.schedules.stream()
                                .map(schedule -> schedule.place())
                                .filter(place -> startsWith(place, type + "/" + id + "\""))
                                .findFirst()
                                .map(Entry::resource));
            case "Practitioner" ->
                subject(id, now)
                        .filter(subject -> PractitionerId.parse(id).isPresent())
                        .flatMap(subject -> Optional.ofNullable(subject.party))
                        .filter(party -> startsWith(party, type + "/" + id + "\""))
                        .map(Entry::resource);
            case "HealthcareService" ->
                community(id).map(community -> community.service().resource());
            case "Organization" ->
                community(id)
                        .map(community -> community.organization().resource())
                        .or(() -> subject(id, now)
                                .flatMap(subject -> Optional.ofNullable(subject.party))
                                .filter(party -> startsWith(party, type + "/" + id + "\""))
                                .map(Entry::resource));
            default -> Optional.empty();
        };
    }

    private Optional<ShelvedSubject> subject(String id, Instant now) {
        Optional<Subject> subject = Ids.subjectOf(id);
        return subject.map(known -> shelf.take(List.of(known), now).getFirst());
    }

    private Optional<ShelvedSubject.ShelvedCommunity> community(String id) {
        return StructureId.parse(id).flatMap(index::community).map(ShelvedSubject::shelve);
    }

    private static byte[] withSync(ShelvedSubject subject, ShelvedSubject.ShelvedSchedule schedule, Instant now) {
        Instant confirmedAt = subject.word(schedule.word()).confirmedAt();
        Instant sync =
                confirmedAt == null || subject.word(schedule.word()).source().isAgenda() ? now : confirmedAt;
        return new String(schedule.whole().resource(), StandardCharsets.UTF_8)
                .replace(ResourceWriter.UNKNOWN_SYNC, FhirInstants.write(sync, PlaceZones.MAINLAND))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(Entry entry, String text) {
        byte[] start = text.getBytes(StandardCharsets.UTF_8);
        byte[] plain = entry.piece().plain;
        return plain.length > start.length && java.util.Arrays.equals(plain, 0, start.length, start, 0, start.length);
    }
}
