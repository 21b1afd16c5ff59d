package fr.sas.hub.slot;

import java.util.Optional;

/**
 * The owner of slots: a practitioner, or a structure (an SOS Médecins association, a health centre). The national ids
 * of the two kinds never collide: practitioners start with 8 or 0, structures that own slots with 1 or 3.
 */
public sealed interface Subject permits PractitionerId, StructureId {

    /** The national form, prefix included; always a string. */
    String value();

    /** Parses the national form of either kind; empty when it is neither. */
    static Optional<Subject> ofNational(String value) {
        if (value.startsWith("8") || value.startsWith("0")) {
            return PractitionerId.parse(value).map(Subject.class::cast);
        }
        return StructureId.parse(value).map(Subject.class::cast);
    }
}
