package fr.sas.hub.intake;

import fr.sas.hub.slot.SlotBatch;
import java.util.List;

/**
 * A delivery read for people, and forgotten: nothing is counted or kept.
 *
 * @param batch what may be believed of it, trial or not
 * @param entries every Slot entry, in the vendor's order
 * @param findings everything found wrong, entries or not, at most {@code hub.intake.rejections-per-delivery}
 */
public record Inspection(SlotBatch batch, List<JudgedEntry> entries, List<Found> findings) {

    public record Found(String code, String path, String sentence, String sentenceInFrench) {}

    public Inspection {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
    }
}
