package fr.sas.hub.participation;

import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.util.Map;

/** A batch of which only what may be shown is left. {@code withheld}: how many slots of whom, and why. */
public record ScreenedBatch(SlotBatch batch, Map<Subject, Withheld> withheld) {

    public record Withheld(Why why, int slots) {}

    public enum Why {
        VENDOR_SLOTS_HIDDEN
    }
}
