package fr.sas.hub.delegation;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the directory knows about those for whom people act. */
@Component
public class DirectorySubjects {

    private final Directory directory;

    DirectorySubjects(Directory directory) {
        this.directory = directory;
    }

    /** Where someone works, or a facility is located: someone who works in several territories belongs to each. */
    public boolean isIn(Territories territories, Subject subject) {
        Stream<@Nullable String> postalCodes = switch (subject) {
            case PractitionerId id ->
                directory.find(id).stream()
                        .flatMap(known -> known.places().stream())
                        .map(DirectoryPlace::postalCode);
            case StructureId id -> directory.facility(id).stream().map(Facility::postalCode);
        };
        return postalCodes.anyMatch(territories::cover);
    }

    /** For display; the id if the directory knows no name. */
    public String name(Subject subject) {
        Optional<String> name = switch (subject) {
            case PractitionerId id -> directory.find(id).map(DirectorySubjects::name);
            case StructureId id -> directory.facility(id).flatMap(known -> Optional.ofNullable(known.name()));
        };
        return name.orElse(subject.value());
    }

    static String name(DirectoryPractitioner known) {
        return String.join(" ", known.given()) + " " + known.family();
    }
}
