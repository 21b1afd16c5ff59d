package fr.sas.hub.intake;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.JudgedSlot;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one Slot entry of a delivery.
 *
 * @param path such as {@code Bundle.entry[3].resource}
 * @param reference the vendor's own name for the slot; empty when it has none
 * @param subject whose it is; null when that cannot be read
 * @param start and {@code end}: null when they cannot be read
 * @param slot what was made of it; null when it was rejected
 * @param code why it was rejected; null when it was not
 */
public record JudgedEntry(
        String path,
        String reference,
        @Nullable Subject subject,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Slot slot,
        @Nullable Rule code,
        @Nullable String sentence,
        @Nullable String sentenceInFrench) {

    static JudgedEntry accepted(JudgedSlot judged, Slot slot) {
        return new JudgedEntry(
                judged.item().path(),
                slot.reference(),
                slot.subject(),
                slot.start(),
                slot.end(),
                slot,
                null,
                null,
                null);
    }

    /** Told with whose it is and when, as far as anybody can tell. */
    static JudgedEntry rejected(JudgedSlot judged, Finding fate) {
        return new JudgedEntry(
                judged.item().path(),
                judged.item().id(),
                judged.way() == null ? null : judged.way().subject(),
                judged.start(),
                judged.end(),
                null,
                fate.rule(),
                fate.sentence(),
                fate.rule().sentenceInFrench(fate.value()));
    }
}
