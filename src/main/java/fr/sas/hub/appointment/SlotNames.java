package fr.sas.hub.appointment;

import fr.sas.hub.slot.StructureId;
import java.util.Optional;

/**
 * The name of a slot in a reference: {@code Slot/a1}, {@code https://vendor.example/fhir/Slot/a1/_history/3},
 * {@code a1}.
 */
final class SlotNames {

    private SlotNames() {}

    static String of(String reference) {
        int history = reference.indexOf("/_history/");
        String plain = history < 0 ? reference : reference.substring(0, history);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** The structure whose slot has this name, if the hub issued it. */
    static Optional<StructureId> structure(String name) {
        int hyphen = name.indexOf('-');
        return hyphen < 0
                ? Optional.empty()
                : StructureId.parseNational(name.substring(0, hyphen)).filter(StructureId::mayOwnSlots);
    }
}
