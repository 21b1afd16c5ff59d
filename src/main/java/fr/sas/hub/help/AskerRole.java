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

    private final String code;

    AskerRole(String code) {
        this.code = code;
    }

    /** As written in forms. */
    public String code() {
        return code;
    }

    public static Optional<AskerRole> parse(@Nullable String word) {
        return Arrays.stream(values()).filter(each -> each.code.equals(word)).findFirst();
    }
}
