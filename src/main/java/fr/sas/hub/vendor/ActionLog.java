package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;
import java.time.Clock;
import org.springframework.stereotype.Service;

/** The record of operators' actions on a vendor, for actions carried out by other rooms. */
@Service
public class ActionLog {

    private final Overrides overrides;
    private final Clock clock;

    ActionLog(Overrides overrides, Clock clock) {
        this.overrides = overrides;
        this.clock = clock;
    }

    /**
     * @param action one word, such as {@code replay}
     * @param reason in the operator's words
     */
    public void record(Source vendor, String action, String by, String reason) {
        overrides.record(vendor, new Overrides.Action(clock.instant(), action, by, reason));
    }
}
