package fr.sas.hub.participation;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The front door of the room: practitioners' settings, and what they let through. */
@Service
public class Participation {

    /** Every practitioner asked about is in the answer, with {@link Settings#DEFAULT} where nothing was ever set. */
    public Map<PractitionerId, Settings> settingsOf(Collection<PractitionerId> practitioners) {
        return practitioners.stream()
                .distinct()
                .collect(java.util.stream.Collectors.toMap(p -> p, p -> Settings.DEFAULT));
    }

    /** Takes out of a batch what its practitioners refuse to show. */
    public ScreenedBatch screen(SlotBatch batch) {
        return new ScreenedBatch(batch, Map.of());
    }
}
