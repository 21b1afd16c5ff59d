package fr.sas.hub.intake;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.JudgedSlot;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one Slot entry of a delivery.
 *
 * @param path such as {@code Bundle.entry[3].resource}
 * @param reference the vendor's own name for the slot; empty if it has none
 * @param subject whose slot it is; null if unreadable
 * @param start and {@code end}: null if unreadable
 * @param slot the result; null if it was rejected
 * @param code why it was rejected; null if it was not
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

    /** Gives its subject and times as far as they can be read. */
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
