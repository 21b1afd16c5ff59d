package fr.sas.hub.access;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;

/** Practitioners and structures as parameters of addresses. */
public final class SubjectParameter {

    private SubjectParameter() {}

    /** With or without prefix. @throws NotFound when it is no identifier of either */
    public static Subject parse(String text) {
        return PractitionerId.parse(text)
                .map(Subject.class::cast)
                .or(() -> StructureId.parse(text).map(Subject.class::cast))
                .orElseThrow(
                        () -> new NotFound(
                                "Nobody has the identifier " + text + ": neither RPPS, ADELI, FINESS nor SIRET",
                                "Personne ne porte cet identifiant : ce n'est ni un RPPS, ni un ADELI, ni un FINESS, ni un SIRET."));
    }
}
