package fr.sas.hub.intake;

import fr.sas.hub.slot.SlotBatch;
import java.util.List;

/**
 * A delivery read for display only: nothing is counted or stored.
 *
 * @param batch what may be believed of it, on trial or not
 * @param entries every Slot entry, in the vendor's order
 * @param findings everything found wrong, in entries or elsewhere, at most
 *     {@code hub.intake.rejections-per-delivery}
 */
public record Inspection(SlotBatch batch, List<JudgedEntry> entries, List<Found> findings) {

    public record Found(String code, String path, String sentence, String sentenceInFrench) {}

    public Inspection {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
    }
}
