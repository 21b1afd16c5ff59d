package fr.sas.hub.slot;

import java.util.Set;

/**
 * The result of a {@link Confirmation}.
 *
 * @param held subjects whose last answer is still held unchanged; for the others the source must answer again
 */
public record Confirmed(Set<Subject> held) {
    public Confirmed {
        held = Set.copyOf(held);
    }
}
