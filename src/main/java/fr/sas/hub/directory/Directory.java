package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** The front door of the room: who exists, and where they work. Look-ups are cached; writers evict. */
@Service
public class Directory {

    public Optional<DirectoryPractitioner> find(PractitionerId id) {
        return Optional.ofNullable(find(java.util.List.of(id)).get(id));
    }

    /** Those of the practitioners that the directory knows. */
    public Map<PractitionerId, DirectoryPractitioner> find(Collection<PractitionerId> ids) {
        return Map.of();
    }

    /** Every practitioner's id, streamed, in no order. */
    public void forEachPractitioner(Consumer<PractitionerId> action) {}
}
