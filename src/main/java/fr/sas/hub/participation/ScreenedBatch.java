package fr.sas.hub.participation;

import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.util.Map;

/** A batch reduced to what may be shown. {@code withheld}: how many slots of which subjects were removed, and why. */
public record ScreenedBatch(SlotBatch batch, Map<Subject, Withheld> withheld) {

    public record Withheld(WithholdingReason reason, int slots) {}

    public enum WithholdingReason {
        VENDOR_SLOTS_HIDDEN
    }
}
