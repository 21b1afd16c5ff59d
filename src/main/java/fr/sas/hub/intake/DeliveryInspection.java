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
public record DeliveryInspection(SlotBatch batch, List<JudgedEntry> entries, List<InspectionFinding> findings) {

    public record InspectionFinding(String code, String path, String sentence, String sentenceInFrench) {}

    public DeliveryInspection {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
    }
}
