package fr.sas.hub.account;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody is that neither the directory nor a delegation says (guide 001, p. 3). */
public enum AccountRole {
    /** Finds care for patients: regulator, OSNP, IOA. */
    REGULATOR("regulator"),
    /** Runs the hub; given by the platform only. */
    OPS("ops");

    private final String word;

    AccountRole(String word) {
        this.word = word;
    }

    /** As it is written on the wire. */
    public String word() {
        return word;
    }

    static Optional<AccountRole> named(@Nullable String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
