package fr.sas.hub.slot;

import java.util.Set;

/**
 * The result of a {@link Confirmation}.
 *
 * @param held subjects whose last answer is still held unchanged; for the others the source must answer again
 */
public record ConfirmationResult(Set<Subject> held) {
    public ConfirmationResult {
        held = Set.copyOf(held);
    }
}
