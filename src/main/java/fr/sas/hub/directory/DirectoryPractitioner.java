package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner as the directory knows them.
 *
 * @param profession code of the national extraction (10 = physician); null when unknown
 * @param specialties codes of TRE_R38, such as SM54
 */
public record DirectoryPractitioner(
        PractitionerId id,
        String family,
        List<String> given,
        @Nullable String profession,
        List<String> specialties,
        List<DirectoryPlace> places) {
    public DirectoryPractitioner {
        given = List.copyOf(given);
        specialties = List.copyOf(specialties);
        places = List.copyOf(places);
    }
}
