package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.PractitionerId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a practitioner says of the places where they work; whoever shows slots there is told in the same transaction. */
@Service
class PlacesOfPractice {

    private final AgendaTables agendas;
    private final PlaceTables tables;
    private final Entries entries;
    private final Directory directory;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PlacesOfPractice(
            AgendaTables agendas,
            PlaceTables tables,
            Entries entries,
            Directory directory,
            ApplicationEventPublisher events,
            Clock clock) {
        this.agendas = agendas;
        this.tables = tables;
        this.entries = entries;
        this.directory = directory;
        this.events = events;
        this.clock = clock;
    }

    /** Without the periods that are over. */
    @Transactional(readOnly = true)
    PlaceTables.Kept kept(PractitionerId practitioner, String place) {
        PlaceTables.Kept kept = find(practitioner, place);
        PlaceTables.Said<Unavailability> said = kept.unavailability();
        LocalDate today = LocalDate.ofInstant(clock.instant(), kept.where().zone());
        return new PlaceTables.Kept(
                kept.where(),
                new PlaceTables.Said<>(said.what().on(today), said.version(), said.changed()),
                kept.information());
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    @Transactional
    PlaceTables.Kept change(
            PractitionerId practitioner,
            String place,
            UnavailabilityDocument document,
            @Nullable Long expected,
            String by) {
        PlaceTables.Kept before = locked(practitioner, place);
        EntityTag.check(expected, before.unavailability().version());
        Unavailability after = PlaceReading.unavailability(
                document, before.unavailability().what(), before.where().zone(), clock.instant());
        tables.keepUnavailability(before.where(), after, before.unavailability().version() + 1, entries.stamp(by));
        events.publishEvent(new PlaceNoticesChanged(practitioner));
        return kept(practitioner, place);
    }

    /** @param expected the version the writer has read; null when the writer does not care */
    @Transactional
    PlaceTables.Kept change(
            PractitionerId practitioner,
            String place,
            InformationDocument document,
            @Nullable Long expected,
            String by) {
        PlaceTables.Kept before = locked(practitioner, place);
        EntityTag.check(expected, before.information().version());
        Optional<String> after = PlaceReading.information(document);
        tables.keepInformation(before.where(), after, before.information().version() + 1, entries.stamp(by));
        events.publishEvent(new PlaceNoticesChanged(practitioner));
        return kept(practitioner, place);
    }

    private PlaceTables.Kept locked(PractitionerId practitioner, String place) {
        if (directory.find(practitioner).isPresent()) {
            entries.lock(practitioner);
        } else {
            agendas.lock(practitioner);
        }
        return find(practitioner, place);
    }

    /** A place where the directory sees the practitioner work, or one of which something was said before. */
    private PlaceTables.Kept find(PractitionerId practitioner, String place) {
        List<PlaceTables.Kept> said = tables.of(practitioner);
        List<DirectoryPlace> places =
                directory.find(practitioner).map(DirectoryPractitioner::places).orElse(List.of());
        List<Wording> wrong = new ArrayList<>();
        DirectoryPlace named = Places.named(place, places, wrong::add);
        if (named != null) {
            return said.stream()
                    .filter(kept -> kept.where().place().equals(named.id()))
                    .findFirst()
                    .or(() -> said.stream()
                            .filter(kept -> kept.where().structure() != null
                                    && named.structures().contains(kept.where().structure()))
                            .findFirst())
                    .orElseGet(() -> PlaceTables.Kept.nothing(new PlaceTables.Where(
                            practitioner,
                            named.id(),
                            named.structures().isEmpty()
                                    ? null
                                    : named.structures().getFirst(),
                            named.zone())));
        }
        return said.stream()
                .filter(kept -> kept.where().place().equals(place))
                .findFirst()
                .orElseThrow(() -> new NotFound(
                        new Wording("The place " + place + " ", "Le lieu " + place + " ").then(wrong.getFirst())));
    }
}
