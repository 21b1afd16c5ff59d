package fr.sas.hub.delegation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Delegations as returned by every endpoint. */
@Component
class DelegationAnswers {

    private final Directory directory;

    DelegationAnswers(Directory directory) {
        this.directory = directory;
    }

    /** An object around the list, so that future answers can contain more. */
    record All(List<DelegationDocument> delegations) {}

    All all(List<Delegation> found) {
        return new All(documents(found));
    }

    ResponseEntity<DelegationDocument> one(Delegation delegation) {
        return ResponseEntity.ok().eTag(tag(delegation)).body(document(delegation));
    }

    ResponseEntity<DelegationDocument> made(Delegation delegation) {
        String whose = delegation.subject() instanceof PractitionerId ? "practitioners/" : "facilities/";
        return ResponseEntity.created(URI.create(
                        "/api/v1/" + whose + delegation.subject().value() + "/delegations/" + delegation.id()))
                .eTag(tag(delegation))
                .body(document(delegation));
    }

    static ResponseEntity<Void> gone(Delegation delegation) {
        return ResponseEntity.noContent().eTag(tag(delegation)).build();
    }

    List<DelegationDocument> documents(List<Delegation> found) {
        Map<Subject, String> names = names(found);
        return found.stream()
                .map(delegation -> DelegationDocument.of(delegation, names.get(delegation.subject())))
                .toList();
    }

    private DelegationDocument document(Delegation delegation) {
        return documents(List.of(delegation)).getFirst();
    }

    private Map<Subject, String> names(List<Delegation> found) {
        Map<Subject, String> names = new HashMap<>();
        directory
                .find(only(PractitionerId.class, found))
                .forEach((id, known) -> names.put(id, DirectorySubjects.name(known)));
        directory.facilities(only(StructureId.class, found)).forEach((id, known) -> {
            if (known.name() != null) {
                names.put(id, known.name());
            }
        });
        return names;
    }

    private static <S extends Subject> List<S> only(Class<S> kind, List<Delegation> found) {
        return found.stream()
                .map(Delegation::subject)
                .filter(kind::isInstance)
                .map(kind::cast)
                .distinct()
                .toList();
    }

    private static String tag(Delegation delegation) {
        return new EntityTag(delegation.version()).toString();
    }
}
