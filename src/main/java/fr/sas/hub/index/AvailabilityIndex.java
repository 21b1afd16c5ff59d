package fr.sas.hub.index;

import fr.sas.hub.participation.ScreenedBatch;
import org.springframework.stereotype.Service;

/** The front door of the room: the one list of available slots. */
@Service
public class AvailabilityIndex {

    /** Replaces what the batch's source said before, of the subjects and the window it covers; joins the caller's transaction. */
    public void replace(ScreenedBatch screened) {}
}
