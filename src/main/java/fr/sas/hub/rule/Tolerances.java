package fr.sas.hub.rule;

import fr.sas.hub.slot.Quirk;
import java.util.Set;

/**
 * What is tolerated in a vendor's data.
 *
 * @param quirks the quirks that the vendor's descriptor declares
 * @param trial whether test data is accepted like any other
 */
public record Tolerances(Set<Quirk> quirks, boolean trial) {

    public static final Tolerances NONE = new Tolerances(Set.of(), false);

    public Tolerances {
        quirks = Set.copyOf(quirks);
    }
}
