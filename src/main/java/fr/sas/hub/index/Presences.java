package fr.sas.hub.index;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.agenda.place.PlaceNotices;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.FacilitiesChanged;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.PractitionersChanged;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.index.news.IndexNews;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where subjects are present, without reading slots. A front door of the room; changes are published as
 * {@link IndexChanged}.
 */
@Service
public class Presences {

    private final IndexReader reader;
    private final IndexNews news;
    private final SourceFreshnessPolicy freshness;
    private final Directory directory;
    private final Participation participation;
    private final PlaceNotices notices;
    private final Clock clock;

    Presences(
            IndexReader reader,
            IndexNews news,
            SourceFreshnessPolicy freshness,
            Directory directory,
            Participation participation,
            PlaceNotices notices,
            Clock clock) {
        this.reader = reader;
        this.news = news;
        this.freshness = freshness;
        this.directory = directory;
        this.participation = participation;
        this.notices = notices;
        this.clock = clock;
    }

    /** A person as the directory knows them. */
    private record RegisteredSubject(NamedSubject party, List<DirectoryPlace> places) {}

    /** The present state of these subjects. Every requested subject is in the result. */
    @Transactional(readOnly = true)
    public Map<Subject, Presence> of(Collection<? extends Subject> subjects) {
        Instant now = clock.instant();
        Map<String, Subject> byValue = subjects.stream().distinct().collect(Collectors.toMap(Subject::value, s -> s));
        Map<Subject, List<IndexReader.SourceStatusRow>> statuses = reader.statuses(byValue);
        Map<Subject, RegisteredSubject> registered = registered(byValue.values());
        Map<Subject, Commitment> commitments = participation.commitmentsOf(byValue.values());
        Map<Subject, List<PlaceNotice>> said = notices.of(byValue.values());
        Map<Subject, PartyDescriptions> descriptions = new HashMap<>();
        byValue.values()
                .forEach(subject -> descriptions.put(
                        subject, descriptions(subject, statuses.get(subject), registered.get(subject), now)));
        Map<StructureId, Facility> facilities = directory.facilities(descriptions.values().stream()
                .flatMap(description -> description.places().values().stream())
                .map(PracticeLocation::structure)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Map<Subject, Presence> presences = new HashMap<>();
        descriptions.forEach((subject, description) -> presences.put(
                subject,
                presence(
                        subject,
                        description,
                        registered.get(subject),
                        commitments.getOrDefault(subject, Commitment.NONE),
                        said.getOrDefault(subject, List.of()),
                        facilities,
                        now)));
        return presences;
    }

    private Map<Subject, RegisteredSubject> registered(Collection<Subject> subjects) {
        Map<Subject, RegisteredSubject> registered = new HashMap<>();
        Set<PractitionerId> practitioners = new HashSet<>();
        Set<StructureId> structures = new HashSet<>();
        for (Subject subject : subjects) {
            switch (subject) {
                case PractitionerId id -> practitioners.add(id);
                case StructureId id -> structures.add(id);
            }
        }
        directory
                .read(practitioners)
                .forEach((id, known) -> registered.put(id, new RegisteredSubject(known.party(), known.places())));
        directory
                .centres(structures)
                .forEach(centre ->
                        registered.put(centre.id(), new RegisteredSubject(centre.party(), List.of(centre.asPlace()))));
        return registered;
    }

    /**
     * Vendors' descriptions count as long as the vendor is shown, however old they are: people move less often than
     * their availability changes.
     */
    private PartyDescriptions descriptions(
            Subject subject,
            @Nullable List<IndexReader.SourceStatusRow> statuses,
            @Nullable RegisteredSubject registered,
            Instant now) {
        List<IndexReader.SourceStatusRow> shown = statuses == null
                ? List.of()
                : statuses.stream()
                        .filter(row ->
                                freshness.of(row.status().source(), row.status().confirmedAt(), now)
                                        != SourceFreshness.SILENT)
                        .toList();
        PartyDescriptions told = PartyDescriptions.of(subject, shown);
        return registered == null ? told : told.and(registered.party, registered.places);
    }

    private static Presence presence(
            Subject subject,
            PartyDescriptions description,
            @Nullable RegisteredSubject registered,
            Commitment commitment,
            List<PlaceNotice> said,
            Map<StructureId, Facility> facilities,
            Instant now) {
        Map<String, PracticeLocation> places = description.places();
        AbsenceFilter absences = AbsenceFilter.of(said, places.values(), now);
        Map<String, Set<StructureId>> structures = new HashMap<>();
        for (PracticeLocation place : places.values()) {
            if (place.structure() != null) {
                structures.computeIfAbsent(place.key(), key -> new HashSet<>()).add(place.structure());
            }
            for (DirectoryPlace known : registered == null ? List.<DirectoryPlace>of() : registered.places) {
                if (known.isMeantBy(place)) {
                    structures
                            .computeIfAbsent(place.key(), key -> new HashSet<>())
                            .addAll(known.structures());
                }
            }
        }
        return new Presence(
                new Availability(
                        subject,
                        description.party(),
                        commitment,
                        List.of(),
                        List.of(),
                        places,
                        description.information(said),
                        List.of(),
                        absences.nextChange()),
                absences.closed(),
                structures,
                facilities);
    }

    /** Affects everyone who is called through one of them or works there. */
    @EventListener
    @Transactional
    public void on(FacilitiesChanged change) {
        news.everybodyChanged();
    }

    /** Names and places are shown as the directory knows them. */
    @EventListener
    @Transactional
    public void on(PractitionersChanged change) {
        if (change.practitioners().isEmpty()) {
            news.everybodyChanged();
        } else {
            news.changed(change.practitioners());
        }
    }
}
