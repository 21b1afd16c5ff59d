package fr.sas.hub.account;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Roles that follow neither from the directory nor from a delegation (guide 001, p. 3). */
public enum AccountRole {
    /** Someone who finds care for patients: regulator, OSNP, IOA. */
    REGULATOR("regulator"),
    /** Someone who operates the hub; granted only by the platform. */
    OPS("ops");

    private final String code;

    AccountRole(String code) {
        this.code = code;
    }

    /** As written in the API. */
    public String code() {
        return code;
    }

    static Optional<AccountRole> named(@Nullable String word) {
        return Arrays.stream(values()).filter(role -> role.code.equals(word)).findFirst();
    }
}
