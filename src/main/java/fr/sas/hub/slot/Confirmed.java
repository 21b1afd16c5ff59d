package fr.sas.hub.slot;

import java.util.Set;

/**
 * What came of a {@link Confirmation}.
 *
 * @param held of whom what was said before is there as it was said; of others it must be said again
 */
public record Confirmed(Set<Subject> held) {
    public Confirmed {
        held = Set.copyOf(held);
    }
}
