package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Owners of agendas: practitioners, and health centres by the one id under which they are stored. */
@Component
public class AgendaOwners {

    private final Directory directory;

    AgendaOwners(Directory directory) {
        this.directory = directory;
    }

    public Optional<AgendaOwner> find(Subject subject) {
        return Optional.ofNullable(find(List.of(subject)).get(subject));
    }

    /** Those of the subjects whom the directory lists as such. */
    public Map<Subject, AgendaOwner> find(Collection<? extends Subject> subjects) {
        Map<Subject, AgendaOwner> owners = new HashMap<>();
        directory
                .find(only(PractitionerId.class, subjects))
                .forEach((id, practitioner) -> owners.put(id, AgendaOwner.of(practitioner)));
        List<StructureId> structures = only(StructureId.class, subjects);
        if (!structures.isEmpty()) {
            directory.centres(structures).forEach(centre -> owners.put(centre.id(), AgendaOwner.of(centre)));
        }
        return owners;
    }

    private static <S extends Subject> List<S> only(Class<S> kind, Collection<? extends Subject> subjects) {
        return subjects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public AgendaOwner known(Subject subject) {
        return find(subject).orElseThrow(() -> switch (subject) {
            case PractitionerId id ->
                new NotFound(
                        "The directory knows no practitioner " + id
                                + ": an agenda requires a practitioner with places of practice",
                        "Ce professionnel n'est pas connu de l'annuaire : un agenda suppose des lieux d'exercice.");
            case StructureId id -> new NotFound("There is no health centre " + id, "Ce centre de santé n'existe pas.");
        });
    }

    /** Whose slots are affected by notices about the owner's places: for a centre, also its doctors'. */
    Set<Subject> concernedBy(Subject owner) {
        return switch (owner) {
            case PractitionerId id -> Set.of(id);
            case StructureId id -> {
                Set<Subject> concerned = new HashSet<>(directory.salariedAt(id));
                concerned.add(id);
                yield concerned;
            }
        };
    }

    /** The health centre with this national id, whichever of its ids it is. */
    StructureId centre(String text) {
        StructureId named = StructureId.parse(text)
                .orElseThrow(() -> new NotFound("There is no facility " + text, "Cette structure n'existe pas."));
        Facility facility = directory.knownFacility(named);
        if (!facility.isCentre()) {
            throw new InvalidInput(
                    "nationalId",
                    "must name a health centre: only facilities of kind cds have agendas",
                    "Cette structure n'est pas un centre de santé : seuls les centres de santé ont leur propre agenda.");
        }
        return facility.id();
    }
}
