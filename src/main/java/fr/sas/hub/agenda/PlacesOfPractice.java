package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import fr.sas.hub.agenda.entry.DirectoryPlaces;
import fr.sas.hub.agenda.place.AbsencesInForce;
import fr.sas.hub.agenda.place.InformationDocument;
import fr.sas.hub.agenda.place.PlaceNoticesChanged;
import fr.sas.hub.agenda.place.PlaceReading;
import fr.sas.hub.agenda.place.PlaceStatement;
import fr.sas.hub.agenda.place.PlaceTables;
import fr.sas.hub.agenda.place.Unavailability;
import fr.sas.hub.agenda.place.UnavailabilityDocument;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Unavailability and information that practitioners enter for the places where they work, and health centres for
 * themselves. Rooms that show slots there are notified in the same transaction.
 */
@Service
public class PlacesOfPractice {

    private final AgendaTables agendas;
    private final PlaceTables tables;
    private final AbsencesInForce absencesInForce;
    private final Entries entries;
    private final AgendaOwners owners;
    private final AgendaAudit agendaAudit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PlacesOfPractice(
            AgendaTables agendas,
            PlaceTables tables,
            AbsencesInForce absencesInForce,
            Entries entries,
            AgendaOwners owners,
            AgendaAudit agendaAudit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.agendas = agendas;
        this.tables = tables;
        this.absencesInForce = absencesInForce;
        this.entries = entries;
        this.owners = owners;
        this.agendaAudit = agendaAudit;
        this.events = events;
        this.clock = clock;
    }

    /** What was entered for a place, without the periods that are over. */
    @Transactional(readOnly = true)
    public PlaceStatement statement(Subject owner, String place) {
        return PlaceStatement.of(stored(owner, place));
    }

    /** @param expected the version that the caller has read */
    @Transactional
    public void say(Subject owner, String place, UnavailabilityDocument document, long expected) {
        change(owner, place, document, expected);
    }

    /** @param expected the version that the caller has read */
    @Transactional
    public void say(Subject owner, String place, String information, long expected) {
        change(owner, place, new InformationDocument(information, null, null), expected);
    }

    /** Without the periods that are over. */
    @Transactional(readOnly = true)
    PlaceTables.PlaceRow stored(Subject owner, String place) {
        PlaceTables.PlaceRow kept = find(owner, place);
        PlaceTables.Versioned<Unavailability> said = kept.unavailability();
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), kept.subjectPlace().zone());
        return new PlaceTables.PlaceRow(
                kept.subjectPlace(),
                new PlaceTables.Versioned<>(said.what().on(today), said.version(), said.changed()),
                kept.information());
    }

    /** @param expected the version that the caller has read; null to overwrite any */
    @Transactional
    PlaceTables.PlaceRow change(Subject owner, String place, UnavailabilityDocument document, @Nullable Long expected) {
        PlaceTables.PlaceRow before = locked(owner, place);
        EntityTag.check(expected, before.unavailability().version());
        Unavailability after = PlaceReading.unavailability(
                document, before.unavailability().what(), before.subjectPlace().zone(), clock.instant());
        absencesInForce.keepUntil(clock.instant(), before);
        tables.saveUnavailability(
                before.subjectPlace(), after, before.unavailability().version() + 1, entries.stamp());
        events.publishEvent(new PlaceNoticesChanged(owners.concernedBy(owner)));
        PlaceTables.PlaceRow now = stored(owner, place);
        agendaAudit.unavailability(before, now);
        return now;
    }

    /** @param expected the version that the caller has read; null to overwrite any */
    @Transactional
    PlaceTables.PlaceRow change(Subject owner, String place, InformationDocument document, @Nullable Long expected) {
        PlaceTables.PlaceRow before = locked(owner, place);
        EntityTag.check(expected, before.information().version());
        Optional<String> after = PlaceReading.information(document);
        tables.saveInformation(
                before.subjectPlace(), after, before.information().version() + 1, entries.stamp());
        events.publishEvent(new PlaceNoticesChanged(owners.concernedBy(owner)));
        PlaceTables.PlaceRow now = stored(owner, place);
        agendaAudit.information(before, now);
        return now;
    }

    private PlaceTables.PlaceRow locked(Subject owner, String place) {
        if (owners.find(owner).isPresent()) {
            entries.lock(owner);
        } else {
            agendas.lock(owner);
        }
        return find(owner, place);
    }

    /**
     * A place where the practitioner works according to the directory, or the centre itself, or one with an earlier
     * entry.
     */
    private PlaceTables.PlaceRow find(Subject owner, String place) {
        List<PlaceTables.PlaceRow> said = tables.of(owner);
        List<DirectoryPlace> places =
                owners.find(owner).map(AgendaOwner::places).orElse(List.of());
        List<Wording> wrong = new ArrayList<>();
        DirectoryPlace named = DirectoryPlaces.named(place, places, wrong::add);
        if (named != null) {
            return said.stream()
                    .filter(kept -> kept.subjectPlace().place().equals(named.id()))
                    .findFirst()
                    .or(() -> said.stream()
                            .filter(kept -> kept.subjectPlace().structure() != null
                                    && named.structures()
                                            .contains(kept.subjectPlace().structure()))
                            .findFirst())
                    .orElseGet(() -> PlaceTables.PlaceRow.nothing(new PlaceTables.SubjectPlace(
                            owner,
                            named.id(),
                            named.structures().isEmpty()
                                    ? null
                                    : named.structures().getFirst(),
                            named.zone())));
        }
        return said.stream()
                .filter(kept -> kept.subjectPlace().place().equals(place))
                .findFirst()
                .orElseThrow(() -> new NotFound(
                        "The place " + place + " " + wrong.getFirst().english(),
                        wrong.getFirst().french()));
    }
}
