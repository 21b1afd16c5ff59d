package fr.sas.hub.help;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** « Vous êtes »: who a person says they are; this is not verified. */
public enum AskerRole {
    PRACTITIONER("effecteur"),
    DELEGATE("delegataire"),
    FACILITY_MANAGER("gestionnaire-de-structure"),
    HEALTH_CENTRE_MANAGER("gestionnaire-de-centre"),
    ACCOUNT_MANAGER("gestionnaire-de-comptes"),
    REGULATOR("regulateur"),
    TRIAGE_NURSE("ioa"),
    OTHER("autre");

    private final String word;

    AskerRole(String word) {
        this.word = word;
    }

    /** As written in forms. */
    public String word() {
        return word;
    }

    public static Optional<AskerRole> parse(@Nullable String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
